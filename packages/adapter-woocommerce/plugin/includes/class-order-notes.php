<?php
/**
 * What a person should know, as notes on the order.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Each thing is noted once. Notes are for the merchant; none is sent to the buyer.
 */
class Order_Notes {

	/**
	 * @param array<string, mixed> $payment
	 */
	public function write( \WC_Order $order, array $payment ): void {
		$noted = self::noted( $order );
		$new   = array_diff_key( self::of( $payment ), $noted );
		$seen  = array() === $new ? array() : self::seen( $order );
		foreach ( $new as $key => $text ) {
			$mark = md5( $text );
			// A process that was killed may have come as far as the note, and no further.
			if ( ( $seen[ $mark ] ?? 0 ) <= count( array_keys( $noted, $mark, true ) ) ) {
				$order->add_order_note( $text );
				$seen[ $mark ] = 1 + ( $seen[ $mark ] ?? 0 );
			}
			$noted[ $key ] = $mark;
			$order->update_meta_data( Order_Record::NOTED, (string) wp_json_encode( $noted ) );
			$order->save_meta_data();
		}
	}

	/**
	 * Marks of the texts that were noted, by key.
	 *
	 * @return array<string, string>
	 */
	private static function noted( \WC_Order $order ): array {
		$noted = json_decode( (string) $order->get_meta( Order_Record::NOTED ), true );
		return is_array( $noted ) ? $noted : array();
	}

	/**
	 * How often each text is among the order's notes, by its mark.
	 *
	 * @return array<string, int>
	 */
	private static function seen( \WC_Order $order ): array {
		$notes = wc_get_order_notes( array( 'order_id' => $order->get_id() ) );
		return array_count_values( array_map( 'md5', wp_list_pluck( $notes, 'content' ) ) );
	}

	/**
	 * @param array<string, mixed> $payment
	 * @return array<string, string> By key.
	 */
	public static function of( array $payment ): array {
		$notes   = array();
		$attempt = (string) ( $payment['governing']['id'] ?? '' );
		$about   = Note_Texts::about_standing( $payment );
		if ( null !== $about ) {
			$notes[ "{$payment['standing']}:$attempt" ] = $about;
		}
		if ( 'open' === ( $payment['review']['state'] ?? '' ) ) {
			$notes[ "review:$attempt" ] = __( 'PostFinance Checkout asks you to check this payment before you ship. Decide by the order\'s actions.', 'checkout-plugins-for-postfinance' );
		}
		foreach ( $payment['operations'] as $operation ) {
			$text = Note_Texts::about_operation( $operation, $attempt );
			if ( null !== $text ) {
				$notes[ "{$operation['state']}:{$operation['key']}" ] = $text;
			}
		}
		foreach ( $payment['findings'] as $finding ) {
			$notes[ "finding:{$finding['key']}" ] = Note_Texts::about_finding( $finding );
		}
		return $notes;
	}
}
