<?php
/**
 * Plugin Name: Shop control
 * Description: Lets a test do what buyers, merchants and accidents do, by WooCommerce's own functions. In mu-plugins.
 */

/** One line for each effect, over all processes. */
function shop_control_note( string $what ): void {
	file_put_contents( SHOP_CONTROL . '/effects', "$what\n", FILE_APPEND | LOCK_EX );
}

/** Kills this process once, at a place that the test chose. */
function shop_control_kill( string $place ): void {
	$file = SHOP_CONTROL . '/kill';
	if ( is_file( $file ) && trim( file_get_contents( $file ) ) === $place && rename( $file, "$file.done" ) ) {
		posix_kill( getmypid(), SIGKILL );
	}
}

if ( isset( $_GET['locale'] ) ) {
	// As a shop in this language has it; switch_to_locale() needs WordPress's own language packs.
	add_filter( 'locale', static function (): string { return preg_replace( '/[^A-Za-z_]/', '', $_GET['locale'] ); } );
}
/** Mails are kept instead of sent; not at all while a test says so. */
add_filter(
	'pre_wp_mail',
	static function ( $sent, $mail ): bool {
		if ( is_file( SHOP_CONTROL . '/no-mail' ) ) {
			return false;
		}
		update_option( 'shop_control_mails', array_merge( get_option( 'shop_control_mails', array() ), array( array( 'to' => $mail['to'], 'subject' => $mail['subject'], 'message' => $mail['message'] ) ) ) );
		return true;
	},
	10,
	2
);
add_action( 'woocommerce_order_status_changed', static function ( $id, $from, $to ): void { shop_control_note( "status $id $from $to" ); shop_control_kill( 'status' ); }, 1, 3 );
add_action( 'woocommerce_payment_complete', static function ( $id ): void { shop_control_note( "paid $id" ); shop_control_kill( 'paid' ); }, 1 );
add_action( 'woocommerce_order_partially_refunded', static function ( $id ): void { shop_control_note( "refunded $id" ); shop_control_kill( 'refunded' ); }, 1 );
add_action( 'woocommerce_order_fully_refunded', static function ( $id ): void { shop_control_note( "refunded $id" ); shop_control_kill( 'refunded' ); }, 1 );
add_action( 'wp_insert_comment', static function ( $id, $comment ): void { if ( 'order_note' === $comment->comment_type && strpos( $comment->comment_content, 'paid with' ) ) { shop_control_kill( 'note' ); } }, 1, 2 );
/** A status of another plugin. */
add_action( 'init', static function (): void { register_post_status( 'wc-shipped', array( 'label' => 'Shipped' ) ); } );
add_filter( 'wc_order_statuses', static function ( $all ) { return $all + array( 'wc-shipped' => 'Shipped' ); } );
add_filter( 'rest_post_dispatch', static function ( $response ) { shop_control_kill( 'answer' ); return $response; } );
add_action( 'http_api_debug', static function ( $response, $context, $class, $args, $url ): void { if ( strpos( $url, '/commands' ) ) { shop_control_kill( 'command' ); } }, 1, 5 );

add_action(
	'wp_loaded',
	static function (): void {
		if ( ! isset( $_GET['shop-control'] ) ) {
			return;
		}
		$done = 'shop_control_' . str_replace( '-', '_', sanitize_key( $_GET['shop-control'] ) );
		try {
			wp_send_json( $done( json_decode( file_get_contents( 'php://input' ), true ) ?: array() ) );
		} catch ( Throwable $e ) {
			wp_send_json( array( 'error' => $e->getMessage() . ' at ' . $e->getFile() . ':' . $e->getLine() ), 500 );
		}
	},
	50
);

function shop_control_settings( array $in ): array {
	$gateway = WC()->payment_gateways()->payment_gateways()['checkout_plugins_postfinance'];
	// What the form shows is sent with it.
	foreach ( $gateway->get_form_fields() as $name => $field ) {
		$in += 'select' === $field['type'] ? array( $name => $field['default'] ) : array();
	}
	foreach ( $in as $name => $value ) {
		$_POST[ "woocommerce_checkout_plugins_postfinance_$name" ] = wp_slash( $value );
	}
	$gateway->process_admin_options();
	return array( 'errors' => $gateway->errors, 'settings' => get_option( 'woocommerce_checkout_plugins_postfinance_settings' ), 'available' => $gateway->is_available() );
}

/** What the checkout offers of ours, in this currency. */
function shop_control_offer( array $in ): array {
	if ( isset( $in['currency'] ) ) {
		update_option( 'woocommerce_currency', $in['currency'] );
	}
	$offer = array();
	foreach ( WC()->payment_gateways()->payment_gateways() as $gateway ) {
		if ( 0 === strpos( $gateway->id, 'checkout_plugins_postfinance' ) && $gateway->is_available() ) {
			$offer[] = array( 'id' => $gateway->id, 'title' => $gateway->get_title(), 'description' => $gateway->get_description(), 'icon' => $gateway->get_icon() );
		}
	}
	return $offer;
}

/** `minutes` ago the list of methods was asked for; then what is due by now is done. */
function shop_control_list( array $in ): array {
	$kept = get_option( 'checkout_plugins_postfinance_methods', array() );
	foreach ( array_keys( $kept ) as $language ) {
		$kept[ $language ]['asked'] = time() - 60 * $in['minutes'];
	}
	update_option( 'checkout_plugins_postfinance_methods', $kept, false );
	return array();
}

/** A space whose methods take other currencies; the simulator's take any. */
function shop_control_list_currencies( array $in ): array {
	$kept = get_option( 'checkout_plugins_postfinance_methods' );
	foreach ( $kept as $language => $list ) {
		foreach ( $list['methods'] as $at => $method ) {
			$kept[ $language ]['methods'][ $at ]['currencies'] = $method['name'] === $in['title'] ? $in['currencies'] : array();
		}
	}
	update_option( 'checkout_plugins_postfinance_methods', $kept, false );
	return array();
}

/** Runs what was scheduled for the next `ahead` seconds, as WordPress's or WooCommerce's own clock does. */
function shop_control_scheduled( array $in ): array {
	$ran = 0;
	$due = time() + ( $in['ahead'] ?? 1 );
	if ( function_exists( 'as_get_scheduled_actions' ) ) {
		foreach ( as_get_scheduled_actions( array( 'group' => 'checkout_plugins_postfinance', 'status' => 'pending', 'date' => $due, 'per_page' => 50 ), 'ids' ) as $id ) {
			ActionScheduler_QueueRunner::instance()->process_action( $id );
			++$ran;
		}
		return array( 'ran' => $ran );
	}
	foreach ( _get_cron_array() as $at => $hooks ) {
		foreach ( $at <= $due ? $hooks : array() as $hook => $calls ) {
			foreach ( 0 === strpos( $hook, 'checkout_plugins' ) ? $calls : array() as $call ) {
				wp_unschedule_event( $at, $hook, $call['args'] );
				do_action_ref_array( $hook, $call['args'] );
				++$ran;
			}
		}
	}
	return array( 'ran' => $ran );
}

/** `items`: type, name, quantity, total without tax, tax amounts by rate. `rates`: percent by rate. */
function shop_control_create( array $in ): array {
	$order = wc_create_order( array( 'created_via' => 'checkout' ) );
	$order->set_customer_id( $in['customer'] ?? 0 );
	if ( isset( $in['currency'] ) ) {
		$order->set_currency( $in['currency'] );
	}
	foreach ( $in['items'] as $spec ) {
		$class = array( 'product' => 'WC_Order_Item_Product', 'shipping' => 'WC_Order_Item_Shipping', 'fee' => 'WC_Order_Item_Fee' )[ $spec['type'] ];
		$item  = new $class();
		$item->set_props( array( 'name' => $spec['name'], 'total' => $spec['total'], 'taxes' => array( 'total' => $spec['taxes'] ?? array(), 'subtotal' => $spec['taxes'] ?? array() ) ) );
		if ( 'shipping' === $spec['type'] ) {
			$item->set_method_title( $spec['name'] );
		}
		if ( 'product' === $spec['type'] ) {
			$item->set_props( array( 'quantity' => $spec['quantity'] ?? 1, 'product_id' => $spec['product'] ?? shop_control_any_product(), 'subtotal' => $spec['total'] ) );
		}
		$order->add_item( $item );
	}
	foreach ( $in['rates'] ?? array() as $id => $percent ) {
		$tax = new WC_Order_Item_Tax();
		$tax->set_props( array( 'rate_id' => $id, 'label' => 'MWST', 'rate_percent' => $percent, 'name' => "CH-MWST-$id" ) );
		$order->add_item( $tax );
	}
	$order->set_address( array( 'first_name' => 'Erika', 'last_name' => 'Muster', 'address_1' => 'Bahnhofstrasse 1', 'postcode' => '8001', 'city' => 'Zürich', 'state' => 'ZH', 'country' => 'CH', 'email' => 'erika@example.ch' ), 'billing' );
	$order->set_payment_method( 'checkout_plugins_postfinance' );
	$order->set_total( $in['total'] );
	$order->save();
	return array( 'id' => $order->get_id() );
}

function shop_control_product( array $in ): array {
	if ( ! class_exists( 'WC_Product_Simple' ) ) {
		update_option( 'wcd_stock_77', $in['stock'] );
		update_option( 'wcd_sku_77', 'SKU-77' );
		return array( 'id' => 77 );
	}
	$product = new WC_Product_Simple();
	$product->set_props( array( 'name' => 'Rucksack', 'sku' => 'SKU-' . wp_rand(), 'regular_price' => '10', 'manage_stock' => true, 'stock_quantity' => $in['stock'] ) );
	return array( 'id' => $product->save() );
}

/** A line without a product would make WooCommerce think that there is nothing to ship. */
function shop_control_any_product(): int {
	$known = (int) get_option( 'shop_control_product', 0 );
	if ( 0 === $known ) {
		$known = shop_control_product( array( 'stock' => 100000 ) )['id'];
		update_option( 'shop_control_product', $known );
	}
	return $known;
}

function shop_control_stock( array $in ): array {
	$product = function_exists( 'wc_get_product' ) ? wc_get_product( $in['id'] ) : new WC_Product( $in['id'] );
	return array( 'stock' => $product->get_stock_quantity() );
}

/** `user`: who is logged in; `token`: which of his kept means he chose. */
function shop_control_pay( array $in ): array {
	$gateway = $in['gateway'] ?? 'checkout_plugins_postfinance';
	wp_set_current_user( $in['user'] ?? 0 );
	if ( isset( $in['token'] ) ) {
		$_POST[ "wc-$gateway-payment-token" ] = (string) $in['token'];
	}
	if ( isset( $in['gateway'] ) ) {
		// As both checkouts do before they ask the gateway.
		$order = wc_get_order( $in['id'] );
		$order->set_payment_method( $gateway );
		// The Store API takes the field, and no method.
		$order->set_payment_method_title( WC()->payment_gateways()->payment_gateways()[ $gateway ]->title );
		$order->save();
	}
	$result = WC()->payment_gateways()->payment_gateways()[ $gateway ]->process_payment( $in['id'] );
	if ( isset( $in['gateway'] ) ) {
		// As the Store API does afterwards, with its own older copy of the order.
		$order->set_payment_method( 'x' );
		$order->set_payment_method( $gateway );
		$order->save();
	}
	return array( 'result' => $result, 'notices' => wc_get_notices( 'error' ) );
}

function shop_control_customer( array $in ): array {
	return array( 'id' => wp_insert_user( array( 'user_login' => $in['name'], 'user_pass' => 'a password of this test', 'user_email' => "{$in['name']}@example.ch" ) ) );
}

/** As this shop, or another one, calls its customers at the service. */
function shop_control_name_customers( array $in ): array {
	null === $in['as'] ? delete_option( 'checkout_plugins_postfinance_customers' ) : update_option( 'checkout_plugins_postfinance_customers', $in['as'] );
	return array();
}

/** The means that a customer keeps: in his account, and as the classic checkout shows them. `opens`: he opens the list. */
function shop_control_kept( array $in ): array {
	wp_set_current_user( $in['user'] );
	if ( ! empty( $in['opens'] ) ) {
		ob_start();
		do_action( 'woocommerce_account_payment-methods_endpoint' );
		ob_end_clean();
	}
	$gateway = WC()->payment_gateways()->payment_gateways()[ $in['gateway'] ?? 'checkout_plugins_postfinance' ];
	ob_start();
	$gateway->payment_fields();
	$fields = ob_get_clean();
	return array( 'tokens' => array_keys( $gateway->get_tokens() ), 'list' => wc_get_customer_saved_methods_list( $in['user'] ), 'fields' => $fields );
}

/** One token names what another one names: the service refuses it, as it does what was deleted there. */
function shop_control_copy_token( array $in ): array {
	$token = WC_Payment_Tokens::get( $in['to'] );
	$token->set_token( WC_Payment_Tokens::get( $in['from'] )->get_token() );
	$token->save();
	return array();
}

function shop_control_unkeep( array $in ): array {
	WC_Payment_Tokens::get( $in['token'] )->delete();
	return array();
}

function shop_control_lines( array $in ): array {
	$order = wc_get_order( $in['id'] );
	return CheckoutPlugins\PostFinance\Order_Command::start( $order, 'page' );
}

function shop_control_refund( array $in ): array {
	$result = wc_create_refund( array( 'order_id' => $in['id'], 'amount' => $in['amount'], 'reason' => $in['reason'] ?? '', 'refund_payment' => $in['pays'] ?? true, 'line_items' => $in['lines'] ?? array() ) );
	return is_wp_error( $result ) ? array( 'error' => $result->get_error_message() ) : array( 'id' => $result->get_id() );
}

function shop_control_status( array $in ): array {
	return array( 'done' => wc_get_order( $in['id'] )->update_status( $in['status'] ) );
}

function shop_control_method( array $in ): array {
	$order = wc_get_order( $in['id'] );
	$order->set_payment_method( $in['method'] );
	$order->save();
	return array();
}

function shop_control_action( array $in ): array {
	$order = wc_get_order( $in['id'] );
	$offer = array_keys( apply_filters( 'woocommerce_order_actions', array(), $order ) );
	if ( isset( $in['action'] ) ) {
		do_action( 'woocommerce_order_action_' . $in['action'], $order );
	}
	return array( 'offered' => $offer );
}

/** What was mailed since the last question to this address about paying. */
function shop_control_mails( array $in ): array {
	$mails = get_option( 'shop_control_mails', array() );
	update_option( 'shop_control_mails', array() );
	return $mails;
}

/** The real WooCommerce's checkout, classic or of blocks, with bank transfer beside us and something to buy. */
function shop_control_checkout( array $in ): array {
	$page = wc_get_page_id( 'checkout' );
	wp_update_post( array( 'ID' => $page, 'post_content' => wp_slash( 'block' === $in['kind'] ? get_option( 'shop_control_block' ) : '[woocommerce_checkout]' ) ) );
	update_option( 'woocommerce_default_country', 'CH:ZH' );
	update_option( 'woocommerce_checkout_phone_field', 'optional' );
	update_option( 'woocommerce_enable_guest_checkout', 'yes' );
	update_option( 'woocommerce_bacs_settings', array( 'enabled' => 'yes', 'title' => 'Bank transfer' ) );
	$product = new WC_Product_Simple();
	$product->set_props( array( 'name' => 'Rucksack', 'regular_price' => '209', 'virtual' => true ) );
	return array( 'product' => $product->save(), 'page' => get_permalink( $page ) );
}

/** A key of WooCommerce's REST interface that may read. */
function shop_control_rest_key( array $in ): array {
	global $wpdb;
	$key    = 'ck_' . wc_rand_hash();
	$secret = 'cs_' . wc_rand_hash();
	$wpdb->insert( $wpdb->prefix . 'woocommerce_api_keys', array( 'user_id' => 1, 'description' => 'Test', 'permissions' => 'read', 'consumer_key' => wc_api_hash( $key ), 'consumer_secret' => $secret, 'truncated_key' => substr( $key, -7 ) ) );
	return array( 'consumerKey' => $key, 'consumerSecret' => $secret );
}

/** Two products of different tax rates, and coupons, in the real WooCommerce. Prices that are hard to divide. */
function shop_control_prices( array $in ): array {
	global $wpdb;
	update_option( 'woocommerce_default_country', 'CH:ZH' );
	update_option( 'woocommerce_calc_taxes', 'yes' );
	update_option( 'woocommerce_enable_coupons', 'yes' );
	update_option( 'woocommerce_prices_include_tax', $in['include'] ? 'yes' : 'no' );
	update_option( 'woocommerce_tax_round_at_subtotal', $in['atSubtotal'] ? 'yes' : 'no' );
	if ( '0' === $wpdb->get_var( "SELECT COUNT(*) FROM {$wpdb->prefix}woocommerce_tax_rates" ) ) {
		WC_Tax::create_tax_class( 'Reduced rate' );
		foreach ( array( '' => '8.1', 'reduced-rate' => '2.6' ) as $class => $rate ) {
			WC_Tax::_insert_tax_rate( array( 'tax_rate_country' => 'CH', 'tax_rate' => $rate, 'tax_rate_name' => 'MWST', 'tax_rate_class' => $class, 'tax_rate_priority' => 1, 'tax_rate_shipping' => 1, 'tax_rate_order' => 1 ) );
		}
		foreach ( array( $in['coupon'] => array( 'percent', '10' ), $in['fixed'] => array( 'fixed_cart', '5' ) ) as $code => list( $type, $amount ) ) {
			$coupon = new WC_Coupon();
			$coupon->set_props( array( 'code' => $code, 'discount_type' => $type, 'amount' => $amount ) );
			$coupon->save();
		}
		$made = array();
		foreach ( array( 'full' => array( '', '19.97' ), 'reduced' => array( 'reduced-rate', '3.33' ) ) as $name => list( $class, $price ) ) {
			$product = new WC_Product_Simple();
			$product->set_props( array( 'name' => ucfirst( $name ), 'regular_price' => $price, 'tax_class' => $class, 'virtual' => true ) );
			$made[ $name ] = $product->save();
		}
		update_option( 'shop_control_prices', $made );
		// The Store API keeps no cart of an address with "?rest_route".
		update_option( 'permalink_structure', '/%postname%/' );
		$GLOBALS['wp_rewrite']->init();
		flush_rewrite_rules( false );
	}
	return get_option( 'shop_control_prices' );
}

/** What other plugins add to a cart: `fee` in francs, or a total rounded to 0.05. */
function shop_control_extras( array $in ): array {
	update_option( 'shop_control_extras', $in );
	return array();
}
add_action( 'woocommerce_cart_calculate_fees', static function ( $cart ): void { $fee = get_option( 'shop_control_extras', array() )['fee'] ?? null; if ( null !== $fee ) { $cart->add_fee( 'Handling', (float) $fee, true ); } } );
add_action( 'woocommerce_order_after_calculate_totals', static function ( $and_taxes, $order ): void { if ( ! empty( get_option( 'shop_control_extras', array() )['round'] ) ) { $order->set_total( round( $order->get_total() * 20 ) / 20 ); } }, 10, 2 );
add_filter( 'woocommerce_calculated_total', static function ( $total ) { return empty( get_option( 'shop_control_extras', array() )['round'] ) ? $total : round( $total * 20 ) / 20; } );

/** Whoever opens this address is the administrator from then on. */
function shop_control_admin( array $in ): array {
	wp_set_auth_cookie( get_user_by( 'login', 'admin' )->ID );
	$order = wc_get_order( $in['id'] ?? $_GET['id'] );
	return array( 'edit' => $order ? $order->get_edit_order_url() : '' );
}

/** Orders of ours, the newest first. */
function shop_control_newest( array $in ): array {
	return array_map( static function ( $order ): array { return shop_control_order( array( 'id' => $order->get_id() ) ) + array( 'id' => $order->get_id() ); }, wc_get_orders( array( 'limit' => 1, 'orderby' => 'id', 'order' => 'DESC', 'payment_method' => 'checkout_plugins_postfinance' ) ) );
}

function shop_control_mailing( array $in ): array {
	$file = SHOP_CONTROL . '/no-mail';
	$in['works'] ? @unlink( $file ) : touch( $file );
	return array();
}

/** A person who may edit orders, or may not, follows a link of the order's screen: answers its address with his nonce. */
function shop_control_login( array $in ): array {
	$user = get_user_by( 'login', $in['name'] );
	$end  = time() + 3600;
	// The nonce belongs to the session, so both are made of the same one.
	$token = WP_Session_Tokens::get_instance( $user->ID )->create( $end );
	$_COOKIE[ LOGGED_IN_COOKIE ] = wp_generate_auth_cookie( $user->ID, $end, 'logged_in', $token );
	wp_set_current_user( $user->ID );
	$cookies = LOGGED_IN_COOKIE . '=' . $_COOKIE[ LOGGED_IN_COOKIE ] . '; ' . AUTH_COOKIE . '=' . wp_generate_auth_cookie( $user->ID, $end, 'auth', $token );
	ob_start();
	do_action( 'woocommerce_admin_order_data_after_billing_address', wc_get_order( $in['id'] ) );
	return array( 'cookies' => $cookies, 'panel' => ob_get_clean() );
}

/** What the buyer reads below his order. */
function shop_control_details( array $in ): array {
	ob_start();
	do_action( 'woocommerce_order_details_after_order_table', wc_get_order( $in['id'] ) );
	return array( 'html' => ob_get_clean() );
}

/** As if it had been paid in a space of test money. */
function shop_control_test_payment( array $in ): array {
	$order   = wc_get_order( $in['id'] );
	$payment = json_decode( $order->get_meta( '_checkout_plugins_payment' ), true );
	$order->update_meta_data( '_checkout_plugins_payment', wp_json_encode( array( 'environment' => 'test' ) + $payment ) );
	$order->save();
	return array();
}

function shop_control_again( array $in ): array {
	do_action( 'checkout_plugins_postfinance_send_again', $in['id'] );
	return array();
}

function shop_control_unpaid( array $in ): array {
	return array( 'cancels' => apply_filters( 'woocommerce_cancel_unpaid_order', true, wc_get_order( $in['id'] ) ) );
}

/** WooCommerce's clock cancels an unpaid order, in one process. */
function shop_control_expire( array $in ): array {
	$order = wc_get_order( $in['id'] );
	if ( apply_filters( 'woocommerce_cancel_unpaid_order', true, $order ) ) {
		$order->update_status( 'cancelled' );
	}
	return array();
}

function shop_control_delete( array $in ): array {
	return array( 'done' => wc_get_order( $in['id'] )->delete( true ) );
}

/** The check list of the settings while something else answers at the door. */
function shop_control_door( array $in ): array {
	add_filter(
		'pre_http_request',
		static function ( $answer, $args, $url ) use ( $in ) {
			if ( ! strpos( $url, 'rest_route' ) ) {
				return $answer;
			}
			return isset( $in['error'] ) ? new WP_Error( 'http_request_failed', $in['error'] ) : array( 'headers' => $in['headers'] ?? array(), 'body' => '<h1>Hello</h1>', 'response' => array( 'code' => $in['status'], 'message' => '' ), 'cookies' => array(), 'filename' => null );
		},
		10,
		3
	);
	ob_start();
	WC()->payment_gateways()->payment_gateways()['checkout_plugins_postfinance']->admin_options();
	return array( 'html' => ob_get_clean() ) + shop_control_health( array() );
}

/** This order as a backup of before it was paid has it. */
function shop_control_restore( array $in ): array {
	$order = wc_get_order( $in['id'] );
	foreach ( array( '_checkout_plugins_revision', '_checkout_plugins_payment', '_checkout_plugins_noted', '_checkout_plugins_status' ) as $field ) {
		$order->delete_meta_data( $field );
	}
	$order->set_date_paid( null );
	$order->set_status( 'pending' );
	$order->save();
	return array();
}

function shop_control_day_later( array $in ): array {
	update_option( 'checkout_plugins_postfinance_compared', time() - DAY_IN_SECONDS );
	return array();
}

function shop_control_unpair( array $in ): array {
	delete_option( 'checkout_plugins_postfinance_connection' );
	return array();
}

/** What the owner sees below the form. */
function shop_control_settings_page( array $in ): array {
	ob_start();
	WC()->payment_gateways()->payment_gateways()['checkout_plugins_postfinance']->admin_options();
	return array( 'html' => ob_get_clean() );
}

function shop_control_health( array $in ): array {
	$test = apply_filters( 'site_status_tests', array( 'direct' => array() ) )['direct']['checkout_plugins_postfinance'];
	return call_user_func( $test['test'] );
}

function shop_control_facts( array $in ): array {
	$class = 'Automattic\\WooCommerce\\Blocks\\Payments\\PaymentMethodRegistry';
	$all   = new $class();
	do_action( 'woocommerce_blocks_payment_method_type_registration', $all );
	$block = $all->get_registered( 'checkout_plugins_postfinance' );
	$hpos  = 'Automattic\\WooCommerce\\Utilities\\OrderUtil';
	return array(
		'block'       => array( $block->get_name(), $block->is_active(), $block->get_payment_method_script_handles(), $block->get_payment_method_data() ),
		'wordpress'   => $GLOBALS['wp_version'],
		'woocommerce' => defined( 'WC_VERSION' ) ? WC_VERSION : 'contract double',
		'storage'     => class_exists( $hpos ) && $hpos::custom_orders_table_usage_is_enabled() ? 'HPOS' : 'other',
	);
}

function shop_control_privacy( array $in ): array {
	$order = wc_get_order( $in['id'] );
	$data  = apply_filters( 'woocommerce_privacy_export_order_personal_data', array(), $order );
	do_action( 'woocommerce_privacy_remove_order_personal_data', $order );
	$after = apply_filters( 'woocommerce_privacy_export_order_personal_data', array(), wc_get_order( $in['id'] ) );
	return array( 'before' => wp_list_pluck( $data, 'value' ), 'after' => wp_list_pluck( $after, 'value' ) );
}

/** As WordPress does when the plugin is deleted; answers what is left of it in the options. */
function shop_control_uninstall( array $in ): array {
	global $wpdb;
	define( 'WP_UNINSTALL_PLUGIN', 'checkout-plugins-for-postfinance/checkout-plugins-for-postfinance.php' );
	require WP_PLUGIN_DIR . '/checkout-plugins-for-postfinance/uninstall.php';
	return $wpdb->get_col( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE '%checkout\\_plugins\\_postfinance%'" );
}

function shop_control_order( array $in ): array {
	$order = wc_get_order( $in['id'] );
	$rows  = array();
	foreach ( wc_get_orders( array( 'type' => 'shop_order_refund', 'parent' => $order->get_id(), 'limit' => -1 ) ) as $row ) {
		$rows[] = array( 'id' => $row->get_id(), 'amount' => $row->get_amount(), 'operation' => $row->get_meta( '_checkout_plugins_operation' ) );
	}
	ob_start();
	do_action( 'woocommerce_admin_order_data_after_billing_address', $order );
	return array(
		'status'      => $order->get_status(),
		'total'       => $order->get_total(),
		'isPaid'      => null !== $order->get_date_paid(),
		'transaction' => $order->get_transaction_id(),
		'revision'    => $order->get_meta( '_checkout_plugins_revision' ),
		'waiting'     => count( CheckoutPlugins\PostFinance\Outbox::entries( $order ) ),
		'refunds'     => $rows,
		'notes'       => array_map( static function ( $note ) { return $note->content; }, wc_get_order_notes( array( 'order_id' => $order->get_id() ) ) ),
		'thanks'      => apply_filters( 'woocommerce_thankyou_order_received_text', 'Thank you.', $order ),
		'panel'       => ob_get_clean(),
		'method'      => $order->get_payment_method(),
		'methodTitle' => $order->get_payment_method_title(),
		'returnUrl'   => CheckoutPlugins\PostFinance\Return_Page::url( $order, false ),
		'leftUrl'     => CheckoutPlugins\PostFinance\Return_Page::url( $order, true ),
	);
}
