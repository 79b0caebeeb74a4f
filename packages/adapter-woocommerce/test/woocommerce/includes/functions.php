<?php
/** Functions. */

function wc_get_order( $order = false ) {
	global $wpdb;
	$id   = is_object( $order ) ? $order->get_id() : (int) $order;
	$type = $wpdb->get_var( $wpdb->prepare( "SELECT type FROM {$wpdb->prefix}wcd_orders WHERE id = %d", $id ) );
	if ( ! $type ) {
		return false;
	}
	return 'shop_order' === $type ? new WC_Order( $id ) : new WC_Order_Refund( $id );
}
function wc_get_orders( $args ) {
	global $wpdb;
	if ( isset( $args['status'] ) ) {
		$ids   = wc_get_orders( array_diff_key( $args, array( 'status' => true ) ) );
		return array_values( array_filter( $ids, static function ( $id ) use ( $args ) { return wc_get_order( $id )->has_status( $args['status'] ); } ) );
	}
	if ( isset( $args['meta_key'] ) ) {
		return array_map( 'intval', $wpdb->get_col( $wpdb->prepare( "SELECT order_id FROM {$wpdb->prefix}wcd_meta WHERE name = %s AND value != %s", $args['meta_key'], $args['meta_value'] ) ) );
	}
	$ids = $wpdb->get_col( $wpdb->prepare( "SELECT id FROM {$wpdb->prefix}wcd_orders WHERE type = %s AND parent = %d ORDER BY id DESC", $args['type'], $args['parent'] ) );
	return array_map( 'wc_get_order', $ids );
}
function wc_create_order( $args = array() ) {
	$order = new WC_Order();
	$order->set_currency( 'CHF' );
	$order->set_status( 'pending' );
	$order->set_order_key( 'wc_order_' . wp_generate_password( 13, false ) );
	$order->set_created_via( $args['created_via'] ?? '' );
	$order->save();
	return $order;
}
function wc_get_order_notes( $args ) {
	$notes = array();
	foreach ( get_comments( array( 'post_id' => $args['order_id'], 'type' => 'order_note', 'orderby' => 'comment_ID', 'order' => 'DESC' ) ) as $comment ) {
		$notes[] = (object) array( 'content' => $comment->comment_content );
	}
	return $notes;
}
function wc_get_price_decimals() {
	return (int) apply_filters( 'wc_get_price_decimals', get_option( 'woocommerce_price_num_decimals', 2 ) );
}
function wc_format_decimal( $number, $dp = false, $trim_zeros = false ) {
	return false === $dp ? (string) $number : number_format( (float) $number, $dp, '.', '' );
}
function get_woocommerce_currency() {
	return get_option( 'woocommerce_currency' );
}
function wc_get_order_statuses() {
	$names = array( 'pending', 'processing', 'on-hold', 'completed', 'cancelled', 'refunded', 'failed' );
	return apply_filters( 'wc_order_statuses', array_combine( array_map( static function ( $name ) { return "wc-$name"; }, $names ), $names ) );
}
function wc_get_order_status_name( $status ) {
	return ucfirst( str_replace( '-', ' ', $status ) );
}
function wc_add_notice( $message, $notice_type = 'success', $data = array() ) {
	$GLOBALS['wcd_notices'][ $notice_type ][] = array( 'notice' => $message );
}
function wc_get_notices( $notice_type = '' ) {
	return $GLOBALS['wcd_notices'][ $notice_type ] ?? array();
}
function wc_get_logger() {
	return new class() {
		public function log( $level, $message, $context = array() ) {
			error_log( "$level $message" );
		}
	};
}
function wc_maybe_reduce_stock_levels( $order_id ) {
	wcd_move_stock( $order_id, true, -1 );
}
function wc_maybe_increase_stock_levels( $order_id ) {
	wcd_move_stock( $order_id, false, 1 );
}
function wcd_move_stock( $order_id, $is_reduced, $direction ) {
	$order = wc_get_order( is_object( $order_id ) ? $order_id->get_id() : $order_id );
	if ( ! $order || $is_reduced === ( 'yes' === $order->get_meta( '_wcd_stock_reduced' ) ) ) {
		return;
	}
	foreach ( $order->get_items() as $item ) {
		$product = $item->get_product();
		if ( $product ) {
			update_option( "wcd_stock_{$product->get_id()}", $product->get_stock_quantity() + $direction * (int) $item->get_quantity() );
		}
	}
	$order->update_meta_data( '_wcd_stock_reduced', $is_reduced ? 'yes' : 'no' );
	$order->save_meta_data();
}
class WC_Cache_Helper {
	public static function invalidate_cache_group( $group ) {}
}
class WC_Tax {
	public static function get_rate_percent_value( $key_or_rate ) {
		return 0.0;
	}
}
class WC_Admin_Settings {
	public static $errors = array();
	public static function add_error( $text ) {
		self::$errors[] = $text;
	}
}
function WC() {
	static $wc = null;
	$wc        = $wc ?? new class() {
		public $session = null;
		public function queue() {
			return new class() {
				public function schedule_single( $timestamp, $hook, $args = array(), $group = '' ) {
					return wp_schedule_single_event( $timestamp, $hook, $args ) ? 1 : 0;
				}
			};
		}
		public function api_request_url( $request, $ssl = null ) {
			return home_url( "/?wc-api=$request" );
		}
		public function mailer() {
			return new class() {
				public function wrap_message( $heading, $message, $plain_text = false ) {
					return "<h1>$heading</h1>$message";
				}
				public function send( $to, $subject, $message, $headers = '', $attachments = '' ) {
					return wp_mail( $to, $subject, $message );
				}
			};
		}
		public function payment_gateways() {
			return WC_Payment_Gateways::instance();
		}
	};
	return $wc;
}
