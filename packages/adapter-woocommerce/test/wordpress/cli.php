<?php
/** Runs a command as WP-CLI does, with a double of what WP-CLI is to a plugin: php cli.php <wordpress> <subcommand> [<argument>] */
error_reporting( E_ALL & ~E_DEPRECATED & ~E_USER_DEPRECATED & ~E_NOTICE );
// Just before our plugin looks: WooCommerce's own commands need all of WP-CLI.
$wp_filter['plugins_loaded'][9][] = array( 'function' => static function (): void { define( 'WP_CLI', true ); }, 'accepted_args' => 0 );
class WP_CLI {
	public static $commands = array();
	public static function add_command( $name, $callable, $args = array() ) {
		self::$commands[ $name ] = $callable;
	}
	public static function log( $message ) {
		echo "$message\n";
	}
	public static function warning( $message ) {
		echo "Warning: $message\n";
	}
	public static function success( $message ) {
		echo "Success: $message\n";
	}
	public static function error( $message ) {
		echo "Error: $message\n";
		exit( 0 );
	}
}
list( , $wordpress, $subcommand ) = $argv;
require "$wordpress/wp-load.php";
$command = WP_CLI::$commands['checkout-plugins'];
foreach ( ( new ReflectionClass( $command ) )->getMethods( ReflectionMethod::IS_PUBLIC ) as $method ) {
	preg_match( '/@subcommand (\S+)/', (string) $method->getDocComment(), $named );
	if ( ! $method->isConstructor() && $subcommand === ( $named[1] ?? $method->getName() ) ) {
		$words   = array_slice( $argv, 3 );
		$options = array_map( static function ( $word ) { return substr( $word, 2 ); }, preg_grep( '/^--/', $words ) );
		$method->invoke( $command, array_values( preg_grep( '/^--/', $words, PREG_GREP_INVERT ) ), array_fill_keys( $options, true ) );
		exit( 0 );
	}
}
echo "There is no $subcommand\n";
