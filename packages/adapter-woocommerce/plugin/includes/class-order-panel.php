<?php
/**
 * The payment on the order's screen.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Shows what the gateway last told, below the billing address.
 */
class Order_Panel {

	public function register(): void {
		add_action( 'woocommerce_admin_order_data_after_billing_address', array( $this, 'show' ) );
	}

	/**
	 * @param \WC_Order $order
	 */
	public function show( $order ): void {
		$payment = $order instanceof \WC_Order && Order_Record::is_ours( $order ) ? Order_Record::payment( $order ) : null;
		if ( null === $payment ) {
			return;
		}
		echo '<div class="checkout-plugins-payment"><h3>' . esc_html__( 'PostFinance Checkout', 'checkout-plugins-for-postfinance' ) . '</h3>';
		if ( 'test' === $payment['environment'] ) {
			echo '<p><mark>' . esc_html__( 'Test: no real money', 'checkout-plugins-for-postfinance' ) . '</mark></p>';
		}
		echo '<p>';
		foreach ( self::rows( $payment, count( Outbox::entries( $order ) ) ) as $label => $value ) {
			echo esc_html( $label ) . ': <strong>' . esc_html( $value ) . '</strong><br>';
		}
		echo '</p>';
		$links = Documents::links( $order, $payment );
		echo '' === $links ? '' : '<p>' . $links . '</p>'; // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- links() escapes.
		echo Whom_To_Call::html( $payment ) . '</div>'; // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- html() escapes.
	}

	/**
	 * @param array<string, mixed> $payment
	 * @return array<string, string>
	 */
	private static function rows( array $payment, int $waiting ): array {
		$rows = array(
			__( 'Payment', 'checkout-plugins-for-postfinance' )     => self::standings()[ $payment['standing'] ],
			__( 'Means', 'checkout-plugins-for-postfinance' )       => (string) ( $payment['method']['name'] ?? '' ),
			__( 'Transaction', 'checkout-plugins-for-postfinance' ) => Order_Record::transaction( $payment ),
			__( 'Reserved', 'checkout-plugins-for-postfinance' )    => Money::to_text( $payment['authorized'] ),
			__( 'Taken', 'checkout-plugins-for-postfinance' )       => Money::to_text( $payment['completed'] ),
			__( 'Paid back', 'checkout-plugins-for-postfinance' )   => Money::to_text( $payment['refunded'] ),
		);
		if ( 'open' === ( $payment['review']['state'] ?? '' ) ) {
			$rows[ __( 'To be checked', 'checkout-plugins-for-postfinance' ) ] = __( 'decide by the order\'s actions', 'checkout-plugins-for-postfinance' );
		}
		if ( $waiting > 0 ) {
			$rows[ __( 'Not confirmed yet', 'checkout-plugins-for-postfinance' ) ] = (string) $waiting;
		}
		return array_filter( $rows, 'strlen' );
	}

	/**
	 * @return array<string, string>
	 */
	private static function standings(): array {
		return array(
			'open'       => __( 'open', 'checkout-plugins-for-postfinance' ),
			'authorized' => __( 'reserved', 'checkout-plugins-for-postfinance' ),
			'paid'       => __( 'paid', 'checkout-plugins-for-postfinance' ),
			'failed'     => __( 'failed', 'checkout-plugins-for-postfinance' ),
			'voided'     => __( 'given back', 'checkout-plugins-for-postfinance' ),
			'declined'   => __( 'declined: do not ship', 'checkout-plugins-for-postfinance' ),
			'held'       => __( 'held: do not ship', 'checkout-plugins-for-postfinance' ),
		);
	}
}
