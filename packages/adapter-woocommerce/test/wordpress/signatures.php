<?php
/**
 * What can be called, as JSON: how many arguments each function and method needs, and how many it takes at most.
 * php signatures.php <folder of the double>: everything that the double has.
 * php signatures.php <wordpress> <file of names>: the same names in the WooCommerce that is active there.
 */
error_reporting( E_ALL & ~E_DEPRECATED & ~E_USER_DEPRECATED & ~E_NOTICE );

function signature( ReflectionFunctionAbstract $function ): array {
	return array( $function->getNumberOfRequiredParameters(), $function->isVariadic() ? 99 : $function->getNumberOfParameters() );
}

$place = $argv[1];
if ( ! isset( $argv[2] ) ) {
	define( 'ABSPATH', __DIR__ );
	function add_filter( $name, $callable, $priority = 10, $accepted_args = 1 ) {}
	function add_action( $name, $callable, $priority = 10, $accepted_args = 1 ) {}
	$before = array( get_defined_functions()['user'], get_declared_classes() );
	foreach ( array( 'data', 'order', 'items', 'refund', 'functions', 'tokens', 'gateway', 'features' ) as $file ) {
		require "$place/includes/$file.php";
	}
	$names = array();
	foreach ( array_diff( get_defined_functions()['user'], $before[0] ) as $name ) {
		if ( 0 !== strpos( $name, 'wcd_' ) ) {
			$names[ $name ] = signature( new ReflectionFunction( $name ) );
		}
	}
	foreach ( array_diff( get_declared_classes(), $before[1] ) as $class ) {
		foreach ( false === strpos( $class, '@anonymous' ) ? ( new ReflectionClass( $class ) )->getMethods( ReflectionMethod::IS_PUBLIC ) : array() as $method ) {
			if ( $method->getDeclaringClass()->getName() === $class && 0 !== strpos( $method->getName(), '__' ) && 0 !== strpos( $method->getName(), 'wcd_' ) ) {
				$names[ "$class::{$method->getName()}" ] = signature( $method );
			}
		}
	}
	echo json_encode( $names );
	exit( 0 );
}
require "$place/wp-load.php";
WC()->payment_gateways();
$found = array();
foreach ( json_decode( file_get_contents( $argv[2] ), true ) as $name ) {
	list( $class, $method ) = array_pad( explode( '::', $name ), 2, null );
	if ( null === $method ) {
		$found[ $name ] = function_exists( $class ) ? signature( new ReflectionFunction( $class ) ) : null;
	} else {
		$found[ $name ] = class_exists( $class ) && method_exists( $class, $method ) ? signature( new ReflectionMethod( $class, $method ) ) : null;
	}
}
echo json_encode( $found );
