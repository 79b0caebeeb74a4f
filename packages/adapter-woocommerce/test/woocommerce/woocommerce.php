<?php
/**
 * Plugin Name: WooCommerce (contract double)
 * Description: Those classes and functions of WooCommerce that our plugin touches, by WooCommerce's public contract. For tests.
 * Version: 0.0.0
 *
 * With WOOCOMMERCE_DIR the same tests run against the real one, which keeps this double honest.
 */

defined( 'ABSPATH' ) || exit;

foreach ( array( 'data', 'order', 'items', 'refund', 'functions', 'gateway', 'features' ) as $file ) {
	require_once __DIR__ . "/includes/$file.php";
}

register_activation_hook( __FILE__, 'wcd_install' );

add_action(
	'plugins_loaded',
	static function (): void {
		do_action( 'before_woocommerce_init' );
	},
	-1
);
add_action(
	'parse_request',
	static function (): void {
		if ( isset( $_GET['wc-api'] ) ) {
			do_action( 'woocommerce_api_' . sanitize_key( $_GET['wc-api'] ) );
			die( '-1' );
		}
	},
	0
);
