<?php
/** Makes a shop, in two processes as a person would: `install`, then `activate`. */
error_reporting( E_ALL & ~E_DEPRECATED & ~E_USER_DEPRECATED & ~E_NOTICE );
define( 'WP_ADMIN', true );
if ( 'install' === $argv[1] ) {
	define( 'WP_INSTALLING', true );
}
require dirname( __DIR__ ) . '/wordpress/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';

if ( 'install' === $argv[1] ) {
	require_once ABSPATH . 'wp-admin/includes/upgrade.php';
	wp_install( 'Shop', 'admin', 'admin@example.ch', true, '', 'a password of this test' );
	update_option( 'permalink_structure', '' );
	exit( 0 );
}
foreach ( array( 'woocommerce/woocommerce.php', 'checkout-plugins-for-postfinance/checkout-plugins-for-postfinance.php' ) as $plugin ) {
	$result = activate_plugin( $plugin );
	if ( is_wp_error( $result ) ) {
		fwrite( STDERR, $plugin . ': ' . $result->get_error_message() );
		exit( 1 );
	}
}
switch_theme( 'test-shop' );
if ( is_callable( array( 'WC_Install', 'create_pages' ) ) ) {
	WC_Install::create_pages();
	update_option( 'shop_control_block', get_post( wc_get_page_id( 'checkout' ) )->post_content );
	wp_update_post( array( 'ID' => wc_get_page_id( 'checkout' ), 'post_content' => '[woocommerce_checkout]' ) );
}
delete_transient( '_wc_activation_redirect' );
update_option( 'woocommerce_currency', 'CHF' );
update_option( 'woocommerce_manage_stock', 'yes' );
update_option( 'woocommerce_hold_stock_minutes', '60' );
update_option( 'woocommerce_coming_soon', 'no' );
update_option( 'woocommerce_custom_orders_table_enabled', getenv( 'HPOS' ) === 'no' ? 'no' : 'yes' );
