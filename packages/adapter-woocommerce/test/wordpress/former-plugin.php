<?php
/**
 * Plugin Name: PostFinance Checkout (contract double)
 * Description: What the plugin of postfinancecheckout AG leaves in a shop, by the names in its public source (pfpayments/woocommerce 3.4.4), and what its webhooks do to an order of its own. In mu-plugins.
 */

/** `methods`: offered or not, by number at the service; `options`: its settings. */
function shop_control_former_install( array $in ): array {
	global $wpdb;
	$p = $wpdb->prefix . 'postfinancecheckout_';
	$wpdb->query( "CREATE TABLE IF NOT EXISTS {$p}transaction_info (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, transaction_id bigint unsigned NOT NULL, state varchar(255) NOT NULL, space_id bigint unsigned NOT NULL, created_at datetime NOT NULL, order_id int unsigned NULL UNIQUE)" );
	$wpdb->query( "CREATE TABLE IF NOT EXISTS {$p}token_info (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, token_id bigint unsigned NOT NULL, state varchar(255) NOT NULL, space_id bigint unsigned NOT NULL, name varchar(255) NOT NULL, customer_id int unsigned NOT NULL, payment_method_id int unsigned NOT NULL)" );
	$wpdb->query( "CREATE TABLE IF NOT EXISTS {$p}method_config (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, state varchar(255) NOT NULL, space_id bigint unsigned NOT NULL, configuration_id bigint unsigned NOT NULL)" );
	foreach ( $in['options'] as $name => $value ) {
		update_option( $name, $value );
	}
	foreach ( $in['methods'] as $number => $is_offered ) {
		$wpdb->insert( "{$p}method_config", array( 'state' => 'active', 'space_id' => 70001, 'configuration_id' => $number ) );
		update_option( "woocommerce_postfinancecheckout_{$wpdb->insert_id}_settings", array( 'enabled' => $is_offered ? 'yes' : 'no' ) );
	}
	return array();
}

/** An order of its own: `transaction`, `state` and `status` as it left them. */
function shop_control_former_order( array $in ): array {
	global $wpdb;
	$order = wc_get_order( $in['id'] );
	$order->set_payment_method( 'postfinancecheckout_1' );
	$order->set_payment_method_title( 'TWINT' );
	$order->update_meta_data( '_postfinancecheckout_gateway_id', 'postfinancecheckout_1' );
	$order->save();
	if ( 'pending' !== $in['status'] ) {
		$order->update_status( $in['status'] );
	}
	wc_maybe_reduce_stock_levels( $order->get_id() );
	$wpdb->insert( "{$wpdb->prefix}postfinancecheckout_transaction_info", array( 'transaction_id' => $in['transaction'], 'state' => $in['state'], 'space_id' => 70001, 'created_at' => $in['on'] ?? gmdate( 'Y-m-d H:i:s' ), 'order_id' => $in['id'] ) );
	return array();
}

/** Its webhook: what it does to orders that are paid by one of its methods, and to no others. */
function shop_control_former_webhook( array $in ): array {
	global $wpdb;
	$order = wc_get_order( $in['id'] );
	if ( false === strpos( $order->get_payment_method(), 'postfinancecheckout' ) ) {
		return array( 'did' => false );
	}
	add_filter( 'woocommerce_valid_order_statuses_for_payment_complete', static function ( $all ) { return array_merge( $all, array( 'postfi-redirected', 'postfi-waiting' ) ); } );
	'FULFILL' === $in['state'] ? $order->payment_complete( $in['transaction'] ) : $order->update_status( 'AUTHORIZED' === $in['state'] ? 'on-hold' : 'failed' );
	$wpdb->update( "{$wpdb->prefix}postfinancecheckout_transaction_info", array( 'state' => $in['state'] ), array( 'order_id' => $in['id'] ) );
	return array( 'did' => true );
}

/** `customer` keeps `token`; with a `subscription` it is charged for that too. */
function shop_control_former_token( array $in ): array {
	global $wpdb;
	$wpdb->insert( "{$wpdb->prefix}postfinancecheckout_token_info", array( 'token_id' => $in['token'], 'state' => 'ACTIVE', 'space_id' => 70001, 'name' => 'xxxx1111', 'customer_id' => $in['customer'], 'payment_method_id' => 1 ) );
	if ( isset( $in['subscription'] ) ) {
		$subscription = wc_get_order( $in['subscription'] );
		$subscription->set_payment_method( 'postfinancecheckout_1' );
		$subscription->update_meta_data( '_postfinancecheckout_subscription_space_id', '70001' );
		$subscription->update_meta_data( '_postfinancecheckout_subscription_token_id', (string) $in['token'] );
		$subscription->save();
	}
	return array();
}

/** Everything of it in the database, to see that nothing changes. */
function shop_control_former_all( array $in ): array {
	global $wpdb;
	$p = $wpdb->prefix . 'postfinancecheckout_';
	return array(
		'tables'  => array( $wpdb->get_results( "SELECT * FROM {$p}transaction_info" ), $wpdb->get_results( "SELECT * FROM {$p}token_info" ), $wpdb->get_results( "SELECT * FROM {$p}method_config" ) ),
		'options' => $wpdb->get_results( "SELECT option_name, option_value FROM {$wpdb->options} WHERE option_name LIKE '%postfinancecheckout%' ORDER BY option_name" ),
	);
}

/** What the settings show, and what the button does, without its page. */
function shop_control_migrate( array $in ): array {
	$plugin = 'CheckoutPlugins\\PostFinance\\';
	$page   = null;
	foreach ( $GLOBALS['wp_filter']['admin_post_checkout_plugins_postfinance_migrate']->callbacks[10] as $hooked ) {
		$page = $hooked['function'][0];
	}
	$field = new ReflectionProperty( $plugin . 'Migration_Page', 'migration' );
	$field->setAccessible( true );
	$migration = $field->getValue( $page );
	return array( 'html' => $page->html(), 'report' => empty( $in['press'] ) ? null : $migration->run( $in['seconds'] ?? 60 ), 'plan' => $migration->plan() );
}
