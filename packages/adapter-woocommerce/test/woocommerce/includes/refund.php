<?php
/** Refunds, in the order of events of WooCommerce's wc_create_refund(). */

class WC_Order_Refund extends WC_Abstract_Order {
	protected $type = 'shop_order_refund';
	public function get_status( $context = 'view' ) {
		return 'completed';
	}
	public function get_amount( $context = 'view' ) {
		return $this->prop( 'amount' );
	}
	public function set_amount( $value ) {
		$this->set_prop( 'amount', wc_format_decimal( $value, wc_get_price_decimals() ) );
	}
	public function get_reason( $context = 'view' ) {
		return $this->prop( 'reason' );
	}
	public function set_reason( $value ) {
		$this->set_prop( 'reason', $value );
	}
	public function get_refunded_payment( $context = 'view' ) {
		return (bool) $this->prop( 'refunded_payment' );
	}
	public function set_refunded_payment( $value ) {
		$this->set_prop( 'refunded_payment', (bool) $value );
	}
}

function wc_create_refund( $args = array() ) {
	$args = wp_parse_args( $args, array( 'amount' => 0, 'reason' => null, 'order_id' => 0, 'line_items' => array(), 'refund_payment' => false, 'restock_items' => false ) );
	try {
		$order = wc_get_order( $args['order_id'] );
		if ( ! $order ) {
			throw new Exception( 'Invalid order ID.' );
		}
		$remaining = $order->get_remaining_refund_amount();
		if ( 0 > $args['amount'] || $args['amount'] > $remaining ) {
			throw new Exception( 'Invalid refund amount.' );
		}
		$refund = new WC_Order_Refund();
		$refund->set_currency( $order->get_currency() );
		$refund->set_amount( $args['amount'] );
		$refund->set_parent_id( $args['order_id'] );
		$refund->set_reason( (string) $args['reason'] );
		foreach ( $order->get_items( array( 'line_item', 'fee', 'shipping' ) ) as $item_id => $item ) {
			if ( ! isset( $args['line_items'][ $item_id ] ) ) {
				continue;
			}
			$asked = $args['line_items'][ $item_id ];
			$class = get_class( $item );
			$line  = new $class();
			$line->add_meta_data( '_refunded_item_id', $item_id, true );
			$line->set_props( array( 'name' => $item->get_name(), 'quantity' => -1 * (float) ( $asked['qty'] ?? 0 ), 'total' => (string) ( -1 * (float) $asked['refund_total'] ) ) );
			$line->set_taxes( array( 'total' => array_map( static function ( $tax ) { return (string) ( -1 * (float) $tax ); }, $asked['refund_tax'] ?? array() ) ) );
			$refund->add_item( $line );
		}
		do_action( 'woocommerce_create_refund', $refund, $args );
		if ( $refund->save() ) {
			if ( $args['refund_payment'] ) {
				$result = wc_refund_payment( $order, $refund->get_amount(), $refund->get_reason() );
				if ( is_wp_error( $result ) ) {
					$refund->delete();
					return $result;
				}
				$refund->set_refunded_payment( true );
				$refund->save();
			}
			if ( $remaining - $args['amount'] > 0 ) {
				do_action( 'woocommerce_order_partially_refunded', $order->get_id(), $refund->get_id() );
			} else {
				do_action( 'woocommerce_order_fully_refunded', $order->get_id(), $refund->get_id() );
				$status = apply_filters( 'woocommerce_order_fully_refunded_status', 'refunded', $order->get_id(), $refund->get_id() );
				if ( $status ) {
					$order->update_status( $status );
				}
			}
		}
		$order->save();
		do_action( 'woocommerce_refund_created', $refund->get_id(), $args );
		do_action( 'woocommerce_order_refunded', $order->get_id(), $refund->get_id() );
		return $refund;
	} catch ( Exception $e ) {
		return new WP_Error( 'error', $e->getMessage() );
	}
}

function wc_refund_payment( $order, $amount, $reason = '' ) {
	$gateways = WC()->payment_gateways()->payment_gateways();
	$gateway  = $gateways[ $order->get_payment_method() ] ?? null;
	try {
		if ( ! $gateway || ! $gateway->supports( 'refunds' ) ) {
			throw new Exception( 'The payment gateway for this order does not support automatic refunds.' );
		}
		$result = $gateway->process_refund( $order->get_id(), $amount, $reason );
		if ( ! $result ) {
			throw new Exception( 'An error occurred while attempting to create the refund using the payment gateway API.' );
		}
		if ( is_wp_error( $result ) ) {
			throw new Exception( $result->get_error_message() );
		}
		return true;
	} catch ( Exception $e ) {
		return new WP_Error( 'error', $e->getMessage() );
	}
}
