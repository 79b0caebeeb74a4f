<?php
/**
 * The buyer comes back.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Asks the gateway once, whatever it was told before, and shows what is known. What the buyer carries in his address is
 * not believed, but for his order's key.
 */
class Return_Page {

	/** The `wc-api` of the address. */
	const SLUG = 'checkout_plugins_return';

	/** @var Gateway_Client */
	private $client;

	/** @var Payment_Shower */
	private $shower;

	public function __construct( Gateway_Client $client, Payment_Shower $shower ) {
		$this->client = $client;
		$this->shower = $shower;
	}

	public function register(): void {
		add_action( 'woocommerce_api_' . self::SLUG, array( $this, 'open' ) );
		add_filter( 'woocommerce_thankyou_order_received_text', array( $this, 'filter_text' ), 20, 2 );
	}

	public static function url( \WC_Order $order, bool $has_left ): string {
		return add_query_arg(
			array(
				'order' => $order->get_id(),
				'key'   => rawurlencode( $order->get_order_key() ),
			) + ( $has_left ? array( 'left' => 'yes' ) : array() ),
			WC()->api_request_url( self::SLUG )
		);
	}

	public function open(): void {
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- a return from another site: the order's key is checked instead.
		$order = wc_get_order( isset( $_GET['order'] ) ? absint( wp_unslash( $_GET['order'] ) ) : 0 );
		$key   = isset( $_GET['key'] ) ? sanitize_text_field( wp_unslash( $_GET['key'] ) ) : '';
		$left  = isset( $_GET['left'] );
		// phpcs:enable
		if ( ! $order instanceof \WC_Order || ! hash_equals( $order->get_order_key(), $key ) || ! Order_Record::is_ours( $order ) ) {
			wp_die( esc_html__( 'There is no such order.', 'checkout-plugins-for-postfinance' ), '', array( 'response' => 404 ) );
		}
		$this->ask( $order->get_id() );
		wp_safe_redirect( $this->next( Order_Record::fresh( $order->get_id() ) ?? $order, $left ) );
		exit;
	}

	/** A gateway that does not answer changes nothing: the order shows what it showed, and is told later. */
	public function ask( int $order_id ): void {
		try {
			$result = $this->client->run( Order_Command::look( $order_id ), Gateway_Client::create_id() );
			if ( isset( $result['payment'] ) ) {
				$this->shower->show( $result['payment'] );
			}
		} catch ( Gateway_Exception $e ) {
			return; // The client has logged it.
		} catch ( Busy_Exception $e ) {
			return; // Somebody else shows it just now.
		}
	}

	private function next( \WC_Order $order, bool $has_left ): string {
		$standing = Order_Record::standing( $order );
		if ( 'failed' === $standing || 'voided' === $standing ) {
			$payment = Order_Record::payment( $order );
			$message = (string) ( $payment['failure']['publicMessage'] ?? '' );
			wc_add_notice( '' === $message ? __( 'The payment did not succeed. You can try again or choose another means of payment.', 'checkout-plugins-for-postfinance' ) : $message, 'error' );
			return $order->get_checkout_payment_url();
		}
		if ( $has_left && ( '' === $standing || 'open' === $standing ) ) {
			wc_add_notice( __( 'You have left the payment page. Your order is kept; you can go on paying here.', 'checkout-plugins-for-postfinance' ), 'notice' );
			return $order->get_checkout_payment_url();
		}
		return $order->get_checkout_order_received_url();
	}

	/**
	 * @param string         $text
	 * @param \WC_Order|null $order
	 */
	public function filter_text( $text, $order = null ): string {
		if ( ! $order instanceof \WC_Order || ! Order_Record::is_ours( $order ) || ! Settings::is_ours( $order->get_payment_method() ) ) {
			return (string) $text;
		}
		$standing = Order_Record::standing( $order );
		if ( in_array( $standing, array( '', 'open', 'held' ), true ) ) {
			return esc_html__( 'Thank you. Your payment is not confirmed yet; this can take a while. You get an e-mail as soon as it is: please do not pay again.', 'checkout-plugins-for-postfinance' );
		}
		return (string) $text;
	}
}
