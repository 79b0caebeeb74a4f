<?php
/** Lines of orders and refunds. */

class WC_Order_Item extends WC_Data {
	protected $type = 'line_item';

	public static function wcd_of( $row ) {
		$classes     = array( 'line_item' => 'WC_Order_Item_Product', 'shipping' => 'WC_Order_Item_Shipping', 'fee' => 'WC_Order_Item_Fee', 'tax' => 'WC_Order_Item_Tax' );
		$class       = $classes[ $row->type ];
		$item        = new $class();
		$props       = json_decode( $row->props, true );
		$item->id    = (int) $row->id;
		$item->meta  = $props['meta'] ?? array();
		$item->props = $props;
		return $item;
	}
	public function wcd_save_in( $order_id ) {
		global $wpdb;
		$props = array_merge( $this->props, $this->changes, array( 'meta' => $this->meta ) );
		$row   = array( 'order_id' => $order_id, 'type' => $this->type, 'props' => wp_json_encode( $props ) );
		if ( $this->id ) {
			$wpdb->update( "{$wpdb->prefix}wcd_items", $row, array( 'id' => $this->id ) );
		} else {
			$wpdb->insert( "{$wpdb->prefix}wcd_items", $row );
			$this->id = (int) $wpdb->insert_id;
		}
		$this->props = $props;
	}
	public function get_type() {
		return $this->type;
	}
	public function get_quantity() {
		return $this->prop( 'quantity' ) === '' ? 1 : $this->prop( 'quantity' );
	}
	public function set_props( $props ) {
		foreach ( $props as $name => $value ) {
			$this->set_prop( $name, $value );
		}
	}
	public function __call( $name, $arguments ) {
		list( $verb, $prop ) = explode( '_', $name, 2 );
		if ( 'get' === $verb ) {
			return $this->prop( $prop );
		}
		if ( 'set' === $verb ) {
			$this->set_prop( $prop, $arguments[0] );
			return null;
		}
		throw new BadMethodCallException( "WC_Order_Item::$name is not in the double" );
	}
}

/** What has an amount with taxes. */
trait WCD_Taxed {
	public function get_total_tax( $context = 'view' ) {
		return (string) array_sum( array_map( 'floatval', (array) ( $this->get_taxes()['total'] ?? array() ) ) );
	}
	public function get_taxes( $context = 'view' ) {
		return $this->prop( 'taxes' ) ?: array( 'total' => array() );
	}
}

class WC_Order_Item_Product extends WC_Order_Item {
	use WCD_Taxed;
	protected $type = 'line_item';
	public function get_product() {
		return $this->prop( 'product_id' ) ? new WC_Product( (int) $this->prop( 'product_id' ) ) : false;
	}
}
class WC_Order_Item_Shipping extends WC_Order_Item {
	use WCD_Taxed;
	protected $type = 'shipping';
	public function set_method_title( $value ) {
		$this->set_prop( 'name', $value );
	}
}
class WC_Order_Item_Fee extends WC_Order_Item {
	use WCD_Taxed;
	protected $type = 'fee';
}
class WC_Order_Item_Tax extends WC_Order_Item {
	protected $type = 'tax';
	public function get_rate_percent( $context = 'view' ) {
		$percent = $this->prop( 'rate_percent' );
		return '' === $percent ? null : $percent;
	}
}

/** Products are posts; the double knows a SKU and a stock. */
class WC_Product {
	private $id;
	public function __construct( $id = 0 ) {
		$this->id = (int) $id;
	}
	public function get_id() {
		return $this->id;
	}
	public function get_sku() {
		return (string) get_option( "wcd_sku_{$this->id}", '' );
	}
	public function needs_shipping() {
		return true;
	}
	public function get_stock_quantity() {
		return (int) get_option( "wcd_stock_{$this->id}", 0 );
	}
}
