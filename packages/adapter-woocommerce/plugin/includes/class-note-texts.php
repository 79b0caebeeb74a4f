<?php
/**
 * The words of order notes.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Payments, operations and findings in the shop's language.
 */
final class Note_Texts {

	/**
	 * @param array<string, mixed> $payment
	 */
	public static function about_standing( array $payment ): ?string {
		$method      = (string) ( $payment['method']['name'] ?? 'PostFinance Checkout' );
		$transaction = Order_Record::transaction( $payment );
		switch ( $payment['standing'] ) {
			case 'authorized':
				/* translators: 1: amount, 2: means of payment, 3: transaction number. */
				return sprintf( __( '%1$s reserved with %2$s (transaction %3$s). Take the money before you ship.', 'checkout-plugins-for-postfinance' ), Money::to_text( $payment['authorized'] ), $method, $transaction );
			case 'paid':
				/* translators: 1: amount, 2: means of payment, 3: transaction number. */
				return sprintf( __( '%1$s paid with %2$s (transaction %3$s).', 'checkout-plugins-for-postfinance' ), Money::to_text( $payment['completed'] ), $method, $transaction );
			case 'failed':
				/* translators: 1: transaction number, 2: reason. */
				return sprintf( __( 'The payment failed (transaction %1$s): %2$s The buyer can try again.', 'checkout-plugins-for-postfinance' ), $transaction, self::reason( $payment ) );
			case 'voided':
				/* translators: %s: transaction number. */
				return sprintf( __( 'The reservation was given back (transaction %s).', 'checkout-plugins-for-postfinance' ), $transaction );
			case 'declined':
				/* translators: %s: transaction number. */
				return sprintf( __( 'Do not ship: PostFinance Checkout declined this order after it was paid (transaction %s). Refund it.', 'checkout-plugins-for-postfinance' ), $transaction );
			case 'held':
				/* translators: %s: transaction number. */
				return sprintf( __( 'Do not ship: there is money, but something does not fit (transaction %s). See the note about it.', 'checkout-plugins-for-postfinance' ), $transaction );
			default:
				return $payment['slow'] ? __( 'The buyer is done; the answer of his bank takes hours or days.', 'checkout-plugins-for-postfinance' ) : null;
		}
	}

	/**
	 * @param array<string, mixed> $operation
	 */
	public static function about_operation( array $operation, string $governing ): ?string {
		$amount = null === $operation['amount'] ? '' : Money::to_text( $operation['amount'] );
		$reason = (string) ( $operation['failure']['merchantMessage'] ?? '' );
		if ( 'core' === $operation['origin'] && $governing !== $operation['attempt'] && 'successful' === $operation['state'] ) {
			/* translators: %s: amount. */
			return '' === $amount ? __( 'A second payment of this order was cancelled.', 'checkout-plugins-for-postfinance' ) : sprintf( __( 'A second payment of this order was paid back: %s.', 'checkout-plugins-for-postfinance' ), $amount );
		}
		switch ( "{$operation['kind']}:{$operation['state']}" ) {
			case 'refund:successful':
				/* translators: %s: amount. */
				return sprintf( __( '%s paid back to the buyer.', 'checkout-plugins-for-postfinance' ), $amount );
			case 'refund:pending':
				/* translators: %s: amount. */
				return sprintf( __( 'Paying back %s is not confirmed yet. You are told here what comes of it; do not start it again.', 'checkout-plugins-for-postfinance' ), $amount );
			case 'refund:failed':
				/* translators: 1: amount, 2: reason. */
				return sprintf( __( '%1$s were not paid back: %2$s', 'checkout-plugins-for-postfinance' ), $amount, $reason );
			case 'completion:failed':
				/* translators: 1: amount, 2: reason. */
				return sprintf( __( 'The reserved money was not taken (%1$s): %2$s', 'checkout-plugins-for-postfinance' ), $amount, $reason );
			case 'void:failed':
				/* translators: %s: reason. */
				return sprintf( __( 'The reservation was not given back: %s', 'checkout-plugins-for-postfinance' ), $reason );
			case 'review:successful':
				return __( 'The check before shipping is decided.', 'checkout-plugins-for-postfinance' );
			case 'review:failed':
				/* translators: %s: reason. */
				return sprintf( __( 'The check before shipping was not decided: %s', 'checkout-plugins-for-postfinance' ), $reason );
			default:
				return null;
		}
	}

	/**
	 * @param array<string, mixed> $finding
	 */
	public static function about_finding( array $finding ): string {
		$titles = array(
			'doublePayment'     => __( 'This order was paid twice.', 'checkout-plugins-for-postfinance' ),
			'wrongAmount'       => __( 'Another amount was paid than agreed.', 'checkout-plugins-for-postfinance' ),
			'wrongCurrency'     => __( 'It was paid in another currency than agreed.', 'checkout-plugins-for-postfinance' ),
			'wrongSpace'        => __( 'It was paid in another space than agreed.', 'checkout-plugins-for-postfinance' ),
			'wrongOrder'        => __( 'The payment belongs to another order.', 'checkout-plugins-for-postfinance' ),
			'testMoney'         => __( 'It was paid with test money.', 'checkout-plugins-for-postfinance' ),
			'chargeback'        => __( 'The buyer\'s bank took the money back.', 'checkout-plugins-for-postfinance' ),
			'unexplainedRefund' => __( 'Money was paid back that nobody here asked for.', 'checkout-plugins-for-postfinance' ),
			'orphan'            => __( 'A transaction may exist without a payment.', 'checkout-plugins-for-postfinance' ),
			'repeatedFault'     => __( 'The gateway cannot read this payment.', 'checkout-plugins-for-postfinance' ),
		);
		$title = $titles[ $finding['kind'] ] ?? __( 'Something about this payment needs a person.', 'checkout-plugins-for-postfinance' );
		return "PostFinance Checkout: $title {$finding['detail']}";
	}

	/**
	 * @param array<string, mixed> $payment
	 */
	private static function reason( array $payment ): string {
		$reason = (string) ( $payment['failure']['merchantMessage'] ?? '' );
		return '' === $reason ? __( 'no reason was given.', 'checkout-plugins-for-postfinance' ) : $reason;
	}
}
