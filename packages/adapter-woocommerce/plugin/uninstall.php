<?php
/**
 * Removes what is ours when the plugin is deleted. What is kept with orders stays: it is part of their history, and
 * refunds need it should the plugin come back.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

global $wpdb;

delete_option( 'woocommerce_checkout_plugins_postfinance_settings' );
delete_option( 'checkout_plugins_postfinance_connection' );
delete_option( 'checkout_plugins_postfinance_heard' );
delete_option( 'checkout_plugins_postfinance_methods' );
delete_option( 'checkout_plugins_postfinance_nonce' );
delete_option( 'checkout_plugins_postfinance_compared' );
delete_option( 'checkout_plugins_postfinance_customers' );
delete_option( 'checkout_plugins_postfinance_former_settings' );
foreach ( array( 'checkout_plugins_postfinance_msg_', 'woocommerce_checkout_plugins_postfinance_', '_transient_checkout_plugins_step_', '_transient_timeout_checkout_plugins_step_' ) as $prefix ) {
	// phpcs:ignore WordPress.DB.DirectDatabaseQuery
	$wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->options} WHERE option_name LIKE %s", $wpdb->esc_like( $prefix ) . '%' ) );
}

delete_transient( 'checkout_plugins_postfinance_report' );
delete_metadata( 'user', 0, '_checkout_plugins_forgotten', '', true );
delete_metadata( 'user', 0, '_checkout_plugins_listed', '', true );
// The service still keeps them; should the plugin come back, it lists them again.
$wpdb->suppress_errors();
// phpcs:ignore WordPress.DB.DirectDatabaseQuery
$wpdb->delete( "{$wpdb->prefix}woocommerce_payment_tokens", array( 'type' => 'checkout_plugins' ) );
$wpdb->suppress_errors( false );

if ( function_exists( 'as_unschedule_all_actions' ) ) {
	as_unschedule_all_actions( 'checkout_plugins_postfinance_send_again' );
	as_unschedule_all_actions( 'checkout_plugins_postfinance_compare' );
	as_unschedule_all_actions( 'checkout_plugins_postfinance_list_methods' );
	as_unschedule_all_actions( 'checkout_plugins_postfinance_sync_means' );
	as_unschedule_all_actions( 'checkout_plugins_postfinance_forget_means' );
}
