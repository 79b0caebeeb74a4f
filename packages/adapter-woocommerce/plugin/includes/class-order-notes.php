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
		$noted = (array) json_decode( (string) $order->get_meta( Order_Record::NOTED ), true );
		foreach ( self::of( $payment ) as $key => $text ) {
			if ( in_array( $key, $noted, true ) ) {
				continue;
			}
			$order->add_order_note( $text );
			$noted[] = $key;
			$order->update_meta_data( Order_Record::NOTED, (string) wp_json_encode( $noted ) );
			$order->save_meta_data();
		}
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
