<?php
/** Orders. */

abstract class WC_Abstract_Order extends WC_Data {
	protected $type       = 'shop_order';
	protected $transition = null;
	/** @var WC_Order_Item[]|null */
	protected $items = null;

	public function __construct( $id = 0 ) {
		global $wpdb;
		if ( ! $id ) {
			return;
		}
		$row = $wpdb->get_row( $wpdb->prepare( "SELECT * FROM {$wpdb->prefix}wcd_orders WHERE id = %d", $id ) );
		if ( ! $row ) {
			throw new Exception( 'Invalid order.' );
		}
		$this->id    = (int) $row->id;
		$this->props = json_decode( $row->props, true );
		$this->read_meta_data( true );
	}
	public function read_meta_data( $force_read = false ) {
		global $wpdb;
		$this->meta = array();
		foreach ( $wpdb->get_results( $wpdb->prepare( "SELECT name, value FROM {$wpdb->prefix}wcd_meta WHERE order_id = %d", $this->id ) ) as $row ) {
			$this->meta[ $row->name ] = $row->value;
		}
	}
	public function save_meta_data() {
		global $wpdb;
		foreach ( array_keys( $this->dirty ) as $key ) {
			$wpdb->delete( "{$wpdb->prefix}wcd_meta", array( 'order_id' => $this->id, 'name' => $key ) );
			if ( isset( $this->meta[ $key ] ) ) {
				$wpdb->insert( "{$wpdb->prefix}wcd_meta", array( 'order_id' => $this->id, 'name' => $key, 'value' => $this->meta[ $key ] ) );
			}
		}
		$this->dirty = array();
	}
	public function save() {
		global $wpdb;
		$table = "{$wpdb->prefix}wcd_orders";
		if ( ! $this->id ) {
			$wpdb->insert( $table, array( 'type' => $this->type, 'parent' => $this->get_parent_id(), 'props' => '{}' ) );
			$this->id = (int) $wpdb->insert_id;
		}
		if ( $this->changes ) {
			// Only what changed: what others wrote meanwhile stays.
			$stored      = json_decode( (string) $wpdb->get_var( $wpdb->prepare( "SELECT props FROM $table WHERE id = %d", $this->id ) ), true );
			$this->props = array_merge( (array) $stored, $this->changes );
			$wpdb->update( $table, array( 'props' => wp_json_encode( $this->props ) ), array( 'id' => $this->id ) );
			$this->changes = array();
		}
		$this->save_meta_data();
		foreach ( (array) $this->items as $item ) {
			$item->wcd_save_in( $this->id );
		}
		$this->items = null;
		$this->after_save();
		return $this->id;
	}
	protected function after_save() {}
	public function delete( $force_delete = false ) {
		global $wpdb;
		$wpdb->delete( "{$wpdb->prefix}wcd_orders", array( 'id' => $this->id ) );
		$wpdb->delete( "{$wpdb->prefix}wcd_meta", array( 'order_id' => $this->id ) );
		return true;
	}
	public function get_type() {
		return $this->type;
	}
	public function get_parent_id( $context = 'view' ) {
		return (int) $this->prop( 'parent_id' );
	}
	public function set_parent_id( $value ) {
		$this->set_prop( 'parent_id', (int) $value );
	}
	public function get_currency( $context = 'view' ) {
		return $this->prop( 'currency' );
	}
	public function set_currency( $value ) {
		$this->set_prop( 'currency', $value );
	}
	public function get_total( $context = 'view' ) {
		return $this->prop( 'total' );
	}
	public function set_total( $value ) {
		$this->set_prop( 'total', (string) $value );
	}
	public function add_item( $item ) {
		$this->items   = $this->items ?? $this->read_items();
		$this->items[] = $item;
	}
	public function get_items( $types = 'line_item' ) {
		$found = array();
		foreach ( $this->items ?? $this->read_items() as $item ) {
			if ( in_array( $item->get_type(), (array) $types, true ) ) {
				$found[ $item->get_id() ] = $item;
			}
		}
		return $found;
	}
	private function read_items() {
		global $wpdb;
		$items = array();
		foreach ( $wpdb->get_results( $wpdb->prepare( "SELECT * FROM {$wpdb->prefix}wcd_items WHERE order_id = %d ORDER BY id", $this->id ) ) as $row ) {
			$items[] = WC_Order_Item::wcd_of( $row );
		}
		return $items;
	}
}

class WC_Order extends WC_Abstract_Order {
	public function get_status( $context = 'view' ) {
		return $this->prop( 'status' ) ?: 'pending';
	}
	public function has_status( $status ) {
		return in_array( $this->get_status(), (array) $status, true );
	}
	public function set_status( $new_status, $note = '', $manual_update = false ) {
		$old = $this->get_status();
		if ( $old !== $new_status ) {
			$this->transition = array( $this->transition[0] ?? $old, $new_status );
			$this->set_prop( 'status', $new_status );
			$paid = apply_filters( 'woocommerce_payment_complete_order_status', 'processing', $this->id, $this );
			if ( ! $this->get_date_paid() && ( $this->has_status( $paid ) || ( 'processing' === $paid && $this->has_status( 'completed' ) ) ) ) {
				$this->set_date_paid( time() );
			}
		}
		return array( 'from' => $old, 'to' => $new_status );
	}
	public function update_status( $new_status, $note = '', $manual = false ) {
		$this->set_status( $new_status, $note );
		$this->save();
		return true;
	}
	protected function after_save() {
		if ( null === $this->transition ) {
			return;
		}
		list( $from, $to ) = $this->transition;
		$this->transition  = null;
		do_action( "woocommerce_order_status_$to", $this->id, $this );
		do_action( 'woocommerce_order_status_changed', $this->id, $from, $to, $this );
		if ( in_array( $to, array( 'processing', 'completed', 'on-hold' ), true ) ) {
			wc_maybe_reduce_stock_levels( $this->id );
		} elseif ( in_array( $to, array( 'cancelled', 'pending' ), true ) ) {
			wc_maybe_increase_stock_levels( $this->id );
		}
	}
	public function payment_complete( $transaction_id = '' ) {
		do_action( 'woocommerce_pre_payment_complete', $this->id, $transaction_id );
		$valid = apply_filters( 'woocommerce_valid_order_statuses_for_payment_complete', array( 'on-hold', 'pending', 'failed', 'cancelled' ), $this );
		if ( $this->has_status( $valid ) ) {
			if ( $transaction_id ) {
				$this->set_transaction_id( $transaction_id );
			}
			if ( ! $this->get_date_paid() ) {
				$this->set_date_paid( time() );
			}
			$this->set_status( apply_filters( 'woocommerce_payment_complete_order_status', $this->needs_processing() ? 'processing' : 'completed', $this->id, $this ) );
			$this->save();
			do_action( 'woocommerce_payment_complete', $this->id, $transaction_id );
		}
		return true;
	}
	public function needs_processing() {
		return true;
	}
	public function get_date_paid( $context = 'view' ) {
		return $this->prop( 'date_paid' ) ?: null;
	}
	public function set_date_paid( $date = null ) {
		$this->set_prop( 'date_paid', $date );
	}
	public function __call( $name, $arguments ) {
		// Plain fields: get_billing_email(), set_payment_method( 'x' ).
		list( $verb, $prop ) = explode( '_', $name, 2 );
		if ( 'get' === $verb ) {
			return $this->prop( $prop );
		}
		if ( 'set' === $verb ) {
			$this->set_prop( $prop, $arguments[0] );
			return null;
		}
		throw new BadMethodCallException( "WC_Order::$name is not in the double" );
	}
	public function get_order_number() {
		return (string) apply_filters( 'woocommerce_order_number', $this->id, $this );
	}
	public function remove_item( $item_id ) {
		global $wpdb;
		$wpdb->delete( "{$wpdb->prefix}wcd_items", array( 'id' => $item_id ) );
		$this->items = null;
	}
	public function get_customer_id( $context = 'view' ) {
		return (int) $this->prop( 'customer_id' );
	}
	public function get_address( $type = 'billing' ) {
		return (array) ( $this->prop( $type ) ?: array() );
	}
	public function set_address( $address, $type = 'billing' ) {
		$this->set_prop( $type, $address );
		if ( isset( $address['email'] ) ) {
			$this->set_prop( 'billing_email', $address['email'] );
		}
	}
	public function get_checkout_order_received_url() {
		return home_url( "/?order-received={$this->id}&key=" . $this->prop( 'order_key' ) );
	}
	public function get_checkout_payment_url( $on_checkout = false ) {
		return home_url( "/?order-pay={$this->id}" . ( $on_checkout ? '' : '&pay_for_order=true' ) . '&key=' . $this->prop( 'order_key' ) );
	}
	public function needs_payment() {
		return $this->has_status( array( 'pending', 'failed' ) ) && $this->get_total() > 0;
	}
	public function add_order_note( $note, $is_customer_note = 0, $added_by_user = false ) {
		return wp_insert_comment( array( 'comment_post_ID' => $this->id, 'comment_content' => $note, 'comment_type' => 'order_note', 'comment_author' => 'WooCommerce' ) );
	}
	public function get_total_refunded() {
		$total = 0;
		foreach ( wc_get_orders( array( 'type' => 'shop_order_refund', 'parent' => $this->id, 'limit' => -1 ) ) as $refund ) {
			$total += (float) $refund->get_amount();
		}
		return $total;
	}
	public function get_remaining_refund_amount() {
		return wc_format_decimal( (float) $this->get_total() - $this->get_total_refunded(), wc_get_price_decimals() );
	}
}
