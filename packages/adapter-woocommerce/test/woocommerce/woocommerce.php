<?php
/**
 * Plugin Name: WooCommerce (contract double)
 * Description: Those classes and functions of WooCommerce that our plugin touches, by WooCommerce's public contract. For tests.
 * Version: 0.0.0
 *
 * With WOOCOMMERCE_DIR the same tests run against the real one, which keeps this double honest.
 */

defined( 'ABSPATH' ) || exit;

foreach ( array( 'data', 'order', 'items', 'refund', 'functions', 'tokens', 'gateway', 'features' ) as $file ) {
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
/** WooCommerce gives these to administrators and shop managers when it is installed. */
add_filter( 'user_has_cap', static function ( $has ) { return empty( $has['manage_options'] ) ? $has : $has + array( 'edit_shop_orders' => true, 'manage_woocommerce' => true ); } );
add_filter( 'query_vars', static function ( $vars ) { return array_merge( $vars, array( 'order-pay' ) ); } );
/** The page on which an order is paid, once its means of payment is chosen: what templates/checkout/order-receipt.php does. */
add_action(
	'template_redirect',
	static function (): void {
		$order = wc_get_order( absint( get_query_var( 'order-pay' ) ) );
		if ( ! $order || isset( $_GET['pay_for_order'] ) || ! hash_equals( $order->get_order_key(), $_GET['key'] ?? '' ) ) {
			return;
		}
		status_header( 200 );
		add_filter( 'the_content', static function () use ( $order ): string { ob_start(); do_action( 'woocommerce_receipt_' . $order->get_payment_method(), $order->get_id() ); return ob_get_clean(); } );
		query_posts( 'p=1' );
		require get_template_directory() . '/index.php';
		exit;
	},
	20
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
