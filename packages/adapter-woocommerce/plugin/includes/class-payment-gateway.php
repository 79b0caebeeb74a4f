<?php
/**
 * The payment method in the checkout.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Leads the buyer to the payment page: in the classic checkout, in the checkout block, on the page of an order, as a
 * guest or logged in.
 */
class Payment_Gateway extends \WC_Payment_Gateway {

	/** @var Connection */
	private $connection;

	/** @var Gateway_Client */
	private $client;

	/** @var Payment_Shower */
	private $shower;

	/** @var Refund_Request */
	private $refunds;

	public function __construct( Connection $connection, Gateway_Client $client, Payment_Shower $shower, Refund_Request $refunds ) {
		$this->connection         = $connection;
		$this->client             = $client;
		$this->shower             = $shower;
		$this->refunds            = $refunds;
		$this->id                 = Settings::ID;
		$this->method_title       = __( 'PostFinance Checkout', 'checkout-plugins-for-postfinance' );
		$this->method_description = __( 'Cards, TWINT, PostFinance Pay and more, through your own gateway of Checkout Plugins.', 'checkout-plugins-for-postfinance' );
		$this->has_fields         = false;
		$this->supports           = array( 'products', 'refunds' );
		$this->init_settings();
		$this->enabled = Settings::get( 'enabled' );
		add_action( 'woocommerce_update_options_payment_gateways_' . $this->id, array( $this, 'process_admin_options' ) );
	}

	public function init_form_fields() {
		$this->form_fields = Settings::fields( $this->connection );
	}

	public function get_form_fields() {
		$this->init_form_fields();
		return parent::get_form_fields();
	}

	public function get_title() {
		return (string) apply_filters( 'woocommerce_gateway_title', Settings::title(), $this->id ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- WooCommerce's own filter.
	}

	public function get_description() {
		return (string) apply_filters( 'woocommerce_gateway_description', Settings::description(), $this->id ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- WooCommerce's own filter.
	}

	public function needs_setup() {
		return ! $this->connection->is_paired();
	}

	/** No request is made for this: a page does not wait for the gateway to show its means of payment. */
	public function is_available() {
		return $this->connection->is_paired() && parent::is_available();
	}

	/**
	 * @param int $order_id
	 * @return array<string, string>
	 */
	public function process_payment( $order_id ) {
		$order = wc_get_order( $order_id );
		if ( ! $order instanceof \WC_Order ) {
			return $this->fail( __( 'There is no such order.', 'checkout-plugins-for-postfinance' ) );
		}
		$order->update_meta_data( Order_Record::REFERENCE, Order_Record::to_reference( $order->get_id() ) );
		$order->save_meta_data();
		try {
			$command = Order_Command::start( $order, Return_Page::url( $order, false ), Return_Page::url( $order, true ) );
			$result  = $this->client->run( $command, Gateway_Client::create_id() );
			if ( isset( $result['payment'] ) ) {
				$this->shower->show( $result['payment'] );
			}
		} catch ( Gateway_Exception $e ) {
			return $this->fail( $e->public_message() );
		} catch ( Busy_Exception $e ) {
			return $this->fail( null );
		}
		return $this->lead( $order, $result );
	}

	/**
	 * @param array<string, mixed> $result
	 * @return array<string, string>
	 */
	private function lead( \WC_Order $order, array $result ): array {
		if ( 'successful' !== $result['kind'] ) {
			return $this->fail( $result['failure']['publicMessage'] ?? null );
		}
		$is_redirect = 'redirect' === ( $result['answer']['kind'] ?? '' );
		return array(
			'result'   => 'success',
			// Paid already, in another tab: nothing to do but to say so.
			'redirect' => $is_redirect ? $result['answer']['url'] : $order->get_checkout_order_received_url(),
		);
	}

	/**
	 * @param mixed $message For the buyer.
	 * @return array<string, string>
	 */
	private function fail( $message ): array {
		$text = is_string( $message ) && '' !== $message
			? $message
			: __( 'This means of payment cannot be reached at the moment. Your order is kept: try again in a minute, or choose another one.', 'checkout-plugins-for-postfinance' );
		wc_add_notice( $text, 'error' );
		return array(
			'result'  => 'failure',
			'message' => $text,
		);
	}

	/**
	 * @param \WC_Order $order
	 */
	public function can_refund_order( $order ) {
		return $order instanceof \WC_Order && Order_Record::is_ours( $order ) && in_array( Order_Record::standing( $order ), array( 'paid', 'declined', 'held' ), true );
	}

	/**
	 * @param int        $order_id
	 * @param float|null $amount
	 * @param string     $reason
	 * @return true|\WP_Error
	 */
	public function process_refund( $order_id, $amount = null, $reason = '' ) {
		$order = wc_get_order( $order_id );
		if ( ! $order instanceof \WC_Order || ! $this->can_refund_order( $order ) ) {
			return new \WP_Error( 'checkout_plugins_not_refundable', __( 'This order has no payment that could be refunded.', 'checkout-plugins-for-postfinance' ) );
		}
		return $this->refunds->run( $order, (string) $reason );
	}

	/**
	 * @param string      $key
	 * @param string|null $value
	 */
	public function validate_pairing_code_field( $key, $value ): string {
		$code = trim( (string) $value );
		if ( '' !== $code ) {
			try {
				$this->connection->pair( $code );
			} catch ( \InvalidArgumentException $e ) {
				$this->add_error( $e->getMessage() );
				\WC_Admin_Settings::add_error( $e->getMessage() );
			}
		}
		return ''; // Kept apart from the settings, and never shown again.
	}
}
