<?php
/**
 * What we keep with an order.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Reads and writes our fields through the order object, so that it does not matter where WooCommerce stores them.
 */
final class Order_Record {

	/** What the gateway calls this order's payment. An order without it is not ours. */
	const REFERENCE = '_checkout_plugins_reference';

	/** Of the payment that the order shows. */
	const REVISION = '_checkout_plugins_revision';

	/** The payment itself, as JSON. */
	const PAYMENT = '_checkout_plugins_payment';

	/** How the buyer wants to pay, as JSON: method, stores. */
	const WAY = '_checkout_plugins_way';

	/** How often kept means were charged in vain. */
	const CHARGES = '_checkout_plugins_charges';

	/** What an order note was written about, as JSON: marks of texts by key. */
	const NOTED = '_checkout_plugins_noted';

	/** The last status that we gave the order. */
	const STATUS = '_checkout_plugins_status';

	/** Commands whose outcome is not known yet, as JSON. */
	const OUTBOX = '_checkout_plugins_outbox';

	/** On a refund: the operation that it shows. */
	const OPERATION = '_checkout_plugins_operation';

	/** On a refund: the order's status before it. */
	const STATUS_BEFORE = '_checkout_plugins_status_before';

	/** On a refund that was entered because it was made elsewhere: all of it is done. */
	const ENTERED = '_checkout_plugins_entered';

	/** What the order was before we took it over from another plugin, as JSON: transaction, method, status. */
	const ADOPTED = '_checkout_plugins_adopted';

	const ALL = array( self::ADOPTED, self::REFERENCE, self::REVISION, self::PAYMENT, self::WAY, self::CHARGES, self::NOTED, self::STATUS, self::OUTBOX, self::OPERATION, self::STATUS_BEFORE, self::ENTERED );

	public static function to_reference( int $order_id ): string {
		return "order-$order_id";
	}

	/** 0 when it is not of our form. */
	public static function to_order_id( string $reference ): int {
		return preg_match( '/^order-([1-9][0-9]{0,18})$/D', $reference, $matches ) ? (int) $matches[1] : 0;
	}

	public static function is_ours( \WC_Order $order ): bool {
		return self::to_reference( $order->get_id() ) === $order->get_meta( self::REFERENCE );
	}

	/** Was its payment begun by another plugin? */
	public static function is_adopted( \WC_Order $order ): bool {
		return '' !== (string) $order->get_meta( self::ADOPTED );
	}

	/** Did the buyer choose us, or the plugin whose payment we took over? */
	public static function is_by_us( \WC_Order $order ): bool {
		return Settings::is_ours( (string) $order->get_payment_method() ) || self::is_adopted( $order );
	}

	/** Its status was given by the other plugin, so from here on it is as if we had; a status of its own means that the order waits. */
	public static function adopt( \WC_Order $order, string $transaction ): void {
		$before = array(
			'transaction' => $transaction,
			'method'      => $order->get_payment_method(),
			'status'      => $order->get_status(),
		);
		foreach ( self::ALL as $field ) {
			$order->delete_meta_data( $field );
		}
		$order->update_meta_data( self::ADOPTED, (string) wp_json_encode( $before ) );
		$order->update_meta_data( self::REFERENCE, self::to_reference( $order->get_id() ) );
		if ( 0 === strpos( $order->get_status(), 'postfi-' ) ) {
			$order->set_status( 'on-hold' );
		}
		$order->update_meta_data( self::STATUS, $order->get_status() );
		$order->save();
	}

	/** The gateway has no such transaction: the order is the other plugin's as before. */
	public static function give_back( \WC_Order $order ): void {
		$before = json_decode( (string) $order->get_meta( self::ADOPTED ), true );
		foreach ( self::ALL as $field ) {
			$order->delete_meta_data( $field );
		}
		if ( 'on-hold' === $order->get_status() && isset( $before['status'] ) ) {
			$order->set_status( $before['status'] );
		}
		$order->save();
	}

	/**
	 * From here on the order is ours. What a copy of another order brought with it, such as a renewal, is not.
	 *
	 * @param bool|string $stores As in the gateway's command.
	 */
	public static function hand_over( \WC_Order $order, ?string $method, $stores ): void {
		foreach ( self::is_ours( $order ) ? array() : self::ALL as $field ) {
			$order->delete_meta_data( $field );
		}
		$way = array(
			'method' => $method,
			'stores' => $stores,
		);
		$order->update_meta_data( self::REFERENCE, self::to_reference( $order->get_id() ) );
		$order->update_meta_data( self::WAY, (string) wp_json_encode( $way ) );
		if ( Settings::ID !== $order->get_payment_method() ) {
			$order->set_payment_method( Settings::ID );
		}
		$order->save();
	}

	/**
	 * @return array{method: string|null, stores: bool|string}
	 */
	public static function way( \WC_Order $order ): array {
		$way = json_decode( (string) $order->get_meta( self::WAY ), true );
		return array(
			'method' => is_string( $way['method'] ?? null ) ? $way['method'] : null,
			'stores' => $way['stores'] ?? false,
		);
	}

	public static function revision( \WC_Order $order ): int {
		$revision = $order->get_meta( self::REVISION );
		return '' === $revision ? -1 : (int) $revision;
	}

	/**
	 * @return array<string, mixed>|null
	 */
	public static function payment( \WC_Order $order ): ?array {
		$payment = json_decode( (string) $order->get_meta( self::PAYMENT ), true );
		return is_array( $payment ) ? $payment : null;
	}

	/** Empty while nothing is known. */
	public static function standing( \WC_Order $order ): string {
		$payment = self::payment( $order );
		return (string) ( $payment['standing'] ?? '' );
	}

	/** Does PostFinance Checkout wait for the merchant's word on whether to ship? */
	public static function is_under_review( \WC_Order $order ): bool {
		$payment = self::payment( $order );
		return 'open' === ( $payment['review']['state'] ?? '' );
	}

	/** Of the transaction at PostFinance Checkout that counts; empty while there is none. */
	public static function transaction( array $payment ): string {
		return (string) ( $payment['governing']['transaction'] ?? '' );
	}

	/**
	 * Read again from the database: another process may have changed it since this one read it.
	 */
	public static function fresh( int $order_id ): ?\WC_Order {
		clean_post_cache( $order_id );
		\WC_Cache_Helper::invalidate_cache_group( 'orders' );
		if ( class_exists( \Automattic\WooCommerce\Caches\OrderCache::class ) ) {
			wc_get_container()->get( \Automattic\WooCommerce\Caches\OrderCache::class )->remove( $order_id );
		}
		$order = wc_get_order( $order_id );
		if ( ! $order instanceof \WC_Order ) {
			return null;
		}
		$order->read_meta_data( true );
		return $order;
	}
}
