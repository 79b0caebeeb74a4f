<?php
/** Kept means of payment: one option each, as the double has no table for them. */

abstract class WC_Payment_Token extends WC_Data {
	protected $type       = '';
	protected $extra_data = array();

	public function __construct( $token = '' ) {
		$row = $token ? get_option( "wcd_token_$token" ) : false;
		if ( $row ) {
			$this->id    = (int) $token;
			$this->props = $row;
		}
	}
	protected function get_prop( $prop, $context = 'view' ) {
		return $this->prop( $prop );
	}
	public function save() {
		if ( ! $this->id ) {
			$this->id = 1 + (int) get_option( 'wcd_tokens', 0 );
			update_option( 'wcd_tokens', $this->id );
		}
		// As WooCommerce's store: a field without its own getter is not kept.
		foreach ( array_keys( $this->extra_data ) as $key ) {
			if ( ! is_callable( array( $this, "get_$key" ) ) ) {
				unset( $this->changes[ $key ] );
			}
		}
		$this->props = array_merge( array( 'type' => $this->type ), $this->props, $this->changes );
		update_option( "wcd_token_{$this->id}", $this->props, false );
		return $this->id;
	}
	public function delete( $force_delete = false ) {
		delete_option( "wcd_token_{$this->id}" );
		do_action( 'woocommerce_payment_token_deleted', $this->id, $this );
		return true;
	}
	public function get_type( $deprecated = '' ) {
		return $this->type;
	}
	public function get_display_name( $deprecated = '' ) {
		return $this->get_type();
	}
	public function get_token( $context = 'view' ) {
		return $this->prop( 'token' );
	}
	public function set_token( $token ) {
		$this->set_prop( 'token', $token );
	}
	public function get_user_id( $context = 'view' ) {
		return (int) $this->prop( 'user_id' );
	}
	public function set_user_id( $user_id ) {
		$this->set_prop( 'user_id', absint( $user_id ) );
	}
	public function get_gateway_id( $context = 'view' ) {
		return $this->prop( 'gateway_id' );
	}
	public function set_gateway_id( $gateway_id ) {
		$this->set_prop( 'gateway_id', $gateway_id );
	}
	public function is_default() {
		return false;
	}
}

class WC_Payment_Tokens {
	public static function get( $token_id, $token_result = null ) {
		$row = get_option( "wcd_token_$token_id" );
		if ( ! $row ) {
			return null;
		}
		$class = apply_filters( 'woocommerce_payment_token_class', 'WC_Payment_Token_' . $row['type'], $row['type'] );
		return class_exists( $class ) ? new $class( $token_id ) : null;
	}
	public static function get_tokens( $args ) {
		$found = array();
		for ( $id = 1; $id <= (int) get_option( 'wcd_tokens', 0 ); $id++ ) {
			$token = self::get( $id );
			if ( $token && $token->get_user_id() === (int) $args['user_id'] && in_array( $args['gateway_id'] ?? '', array( '', $token->get_gateway_id() ), true ) ) {
				$found[ $id ] = $token;
			}
		}
		return $found;
	}
	public static function get_customer_tokens( $customer_id, $gateway_id = '' ) {
		return apply_filters( 'woocommerce_get_customer_payment_tokens', self::get_tokens( array( 'user_id' => $customer_id, 'gateway_id' => $gateway_id ) ), $customer_id, $gateway_id );
	}
}

function wc_get_customer_saved_methods_list( $customer_id ) {
	return apply_filters( 'woocommerce_saved_payment_methods_list', array(), $customer_id );
}
add_filter(
	'woocommerce_saved_payment_methods_list',
	static function ( $list, $customer_id ) {
		foreach ( WC_Payment_Tokens::get_customer_tokens( $customer_id ) as $token ) {
			$item = array( 'method' => array( 'gateway' => $token->get_gateway_id() ), 'expires' => 'N/A', 'is_default' => false, 'actions' => array() );

			$list[ strtolower( $token->get_type() ) ][] = apply_filters( 'woocommerce_payment_methods_list_item', $item, $token );
		}
		return $list;
	},
	10,
	2
);
