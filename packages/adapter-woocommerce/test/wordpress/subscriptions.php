<?php
/**
 * Plugin Name: WooCommerce Subscriptions (contract double)
 * Description: Those functions and hooks of it that a payment gateway meets, by https://woocommerce.com/document/subscriptions/develop/payment-gateway-integration/. A subscription is an order here. In mu-plugins; asleep until a test wants it.
 */

if ( get_option( 'double_subscriptions' ) ) {
	/** The subscription of an order, or null. */
	function double_subscription( $order ) {
		$id = get_option( "double_subscription_of_{$order->get_id()}" );
		return $id ? wc_get_order( $id ) : null;
	}
	function wcs_order_contains_subscription( $order, $order_type = array( 'parent', 'resubscribe', 'switch' ) ) {
		return null !== double_subscription( wc_get_order( $order ) );
	}
	function wcs_get_subscriptions_for_order( $order, $args = array() ) {
		$subscription = double_subscription( wc_get_order( $order ) );
		return null === $subscription ? array() : array( $subscription->get_id() => $subscription );
	}
	function wcs_get_subscriptions( $args ) {
		global $wpdb;
		$found = array();
		foreach ( $wpdb->get_col( "SELECT option_value FROM {$wpdb->options} WHERE option_name LIKE 'double\\_subscription\\_of\\_%'" ) as $id ) {
			$found[ (int) $id ] = wc_get_order( $id );
		}
		return $found;
	}
	/** Copies everything that the plugins wrote on it, as Subscriptions does. */
	function double_copy( $from, $to ) {
		global $wpdb;
		foreach ( array( '_checkout_plugins_reference', '_checkout_plugins_revision', '_checkout_plugins_payment', '_checkout_plugins_noted', '_checkout_plugins_means', '_checkout_plugins_charges' ) as $field ) {
			if ( '' !== $from->get_meta( $field ) ) {
				$to->update_meta_data( $field, $from->get_meta( $field ) );
			}
		}
		$to->set_payment_method( $from->get_payment_method() );
		$to->save();
	}
	/** The renewal of a subscription is due. */
	function double_renew( $renewal ) {
		do_action( 'woocommerce_scheduled_subscription_payment_' . $renewal->get_payment_method(), $renewal->get_total(), $renewal );
	}
}

/** `parent` has a subscription from now on; answers its number. */
function shop_control_subscribe( array $in ): array {
	update_option( 'double_subscriptions', 'yes' );
	$subscription = wc_get_order( shop_control_create( array( 'items' => $in['items'], 'total' => $in['total'] ) )['id'] );
	$subscription->set_customer_id( wc_get_order( $in['parent'] )->get_customer_id() );
	$subscription->save();
	update_option( "double_subscription_of_{$in['parent']}", $subscription->get_id() );
	return array( 'id' => $subscription->get_id() );
}

/** Makes the renewal order of a subscription: a copy of what it was made from. */
function shop_control_renewal( array $in ): array {
	$subscription = wc_get_order( $in['subscription'] );
	$renewal      = wc_get_order( shop_control_create( array( 'items' => $in['items'], 'total' => $in['total'] ) )['id'] );
	$renewal->set_customer_id( $subscription->get_customer_id() );
	double_copy( wc_get_order( $in['parent'] ), $renewal );
	double_copy( $subscription, $renewal );
	update_option( "double_subscription_of_{$renewal->get_id()}", $subscription->get_id() );
	return array( 'id' => $renewal->get_id() );
}

function shop_control_set_means( array $in ): array {
	$subscription = wc_get_order( $in['id'] );
	$subscription->update_meta_data( '_checkout_plugins_means', $in['means'] );
	$subscription->save();
	return array();
}

function shop_control_due( array $in ): array {
	double_renew( wc_get_order( $in['id'] ) );
	return array();
}

function shop_control_means( array $in ): array {
	return array( 'means' => wc_get_order( $in['id'] )->get_meta( '_checkout_plugins_means' ), 'method' => wc_get_order( $in['id'] )->get_payment_method() );
}
