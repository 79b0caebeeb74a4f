<?php
/**
 * Plugin Name: Shop books
 * Description: What the conformance kit asks of a shop: orders to the letter, faults, and what is written in its tables. In mu-plugins.
 */

add_filter( 'woocommerce_order_number', static function ( $number, $order ) { return $order->get_meta( '_shop_number' ) ?: $number; }, 10, 2 );
add_filter( 'wc_get_price_decimals', static function ( $digits ) { return (int) get_option( 'shop_decimals', $digits ); } );

/** The door while something is wrong with the shop. */
add_filter(
	'rest_pre_dispatch',
	static function ( $result, $server, $request ) {
		$message = '/checkout-plugins/v1/payments' === $request->get_route() ? json_decode( $request->get_body(), true ) : null;
		$file    = SHOP_CONTROL . '/fault-' . ( $message['payment']['reference'] ?? 'none' );
		$fault   = is_file( $file ) ? file_get_contents( $file ) : '';
		while ( 'slow' === $fault && is_file( $file ) ) {
			usleep( 20000 );
			clearstatcache();
		}
		if ( 'down' === $fault ) {
			return new WP_REST_Response( 'The database is gone', 500 );
		}
		return 'nonsense' === $fault ? new WP_REST_Response( 'thank you', 200 ) : $result;
	},
	10,
	3
);

function shop_control_break( array $in ): array {
	foreach ( glob( SHOP_CONTROL . '/fault-*' ) as $file ) {
		unlink( $file );
	}
	if ( null !== $in['fault'] ) {
		file_put_contents( SHOP_CONTROL . "/fault-order-{$in['id']}", $in['fault'] );
	}
	return array();
}

function shop_control_connect( array $in ): array {
	$settings = array( 'enabled' => 'yes', 'completion' => $in['completion'], 'test' => $in['test'] ? 'yes' : 'no' );
	update_option( 'woocommerce_checkout_plugins_postfinance_settings', $settings );
	( new CheckoutPlugins\PostFinance\Connection() )->keep( CheckoutPlugins\PostFinance\Pairing_Code::parse_fixed( $in['pairing_code'] ) );
	return array();
}

/** A new order, or with `id` one whose lines are replaced. */
function shop_control_order_as( array $in ): array {
	update_option( 'shop_decimals', $in['decimals'] );
	$made = wc_get_order( shop_control_create( $in )['id'] );
	if ( null !== $in['id'] ) {
		$order = wc_get_order( $in['id'] );
		foreach ( $order->get_items( array( 'line_item', 'shipping', 'fee', 'tax' ) ) as $id => $item ) {
			$order->remove_item( $id );
		}
		$order->save();
		foreach ( $made->get_items( array( 'line_item', 'shipping', 'fee', 'tax' ) ) as $item ) {
			$item->set_id( 0 );
			$order->add_item( $item );
		}
		$order->set_total( $in['total'] );
		$made->delete( true );
		$made = $order;
	}
	$made->set_address( $in['billing'], 'billing' );
	$made->set_address( $in['shipping'], 'shipping' );
	$made->update_meta_data( '_shop_number', $in['number'] );
	$made->save();
	return array( 'id' => $made->get_id() );
}

/** By the lines' own names. */
function shop_control_refund_lines( array $in ): array {
	$items = array();
	foreach ( wc_get_order( $in['id'] )->get_items( array( 'line_item', 'shipping', 'fee' ) ) as $id => $item ) {
		foreach ( $in['lines'] as $line ) {
			if ( $item->get_name() === "Article {$line['line']}" ) {
				$items[ $id ] = array( 'qty' => $line['quantity'], 'refund_total' => $line['amount'], 'refund_tax' => array() );
			}
		}
	}
	return shop_control_refund( array( 'id' => $in['id'], 'amount' => $in['amount'], 'lines' => $items ) );
}

function shop_control_delete_refund( array $in ): array {
	$refund = wc_get_order( $in['id'] );
	return array( 'done' => $refund && $refund->delete( true ) );
}

function shop_control_trash( array $in ): array {
	wc_get_order( $in['id'] )->update_status( 'trash' );
	return array();
}

function shop_control_books( array $in ): array {
	$order = shop_control_order( $in );
	$known = wc_get_order( $in['id'] )->get_meta( '_checkout_plugins_payment' );
	return array_intersect_key( $order, array_flip( array( 'status', 'isPaid', 'waiting', 'refunds' ) ) ) + array(
		'payment'  => '' === $known ? null : json_decode( $known, true ),
		'findings' => array_values( array_filter( $order['notes'], static function ( $note ) { return 0 === strpos( $note, 'PostFinance Checkout: ' ); } ) ),
	);
}
