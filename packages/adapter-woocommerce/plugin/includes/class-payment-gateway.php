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
 * The one entry for all means of payment, and the settings of all of ours: in the classic checkout, in the checkout
 * block, on the page of an order, as a guest or logged in.
 */
class Payment_Gateway extends \WC_Payment_Gateway {

	/** @var Setup */
	private $setup;

	/** @var Payment_Start */
	private $start;

	/** @var Method_List */
	private $methods;

	/** @var Refund_Request */
	private $refunds;

	public function __construct( Setup $setup, Payment_Start $start, Method_List $methods, Refund_Request $refunds ) {
		$this->setup              = $setup;
		$this->start              = $start;
		$this->methods            = $methods;
		$this->refunds            = $refunds;
		$this->id                 = Settings::ID;
		$this->method_title       = __( 'PostFinance Checkout', 'checkout-plugins-for-postfinance' );
		$this->method_description = __( 'Cards, TWINT, PostFinance Pay and more, through your own gateway of Checkout Plugins.', 'checkout-plugins-for-postfinance' );
		$this->has_fields         = Settings::keeps_means();
		$this->supports           = Settings::features();
		$this->init_settings();
		$this->enabled = Settings::get( 'enabled' );
		$this->title   = $this->get_title(); // The Store API reads it and not the method.
		add_action( 'woocommerce_update_options_payment_gateways_' . $this->id, array( $this, 'process_admin_options' ) );
	}

	public function init_form_fields() {
		$this->form_fields = $this->setup->fields();
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
		return ! $this->setup->is_paired();
	}

	/** No request is made for this: a page does not wait for the gateway to show its means of payment. */
	public function is_ready(): bool {
		return $this->setup->is_paired() && parent::is_available();
	}

	/** Not beside those that are offered by themselves. */
	public function is_available() {
		return $this->is_ready() && ( ! Settings::offers_each() || array() === $this->methods->all() );
	}

	public function process_admin_options() {
		$before   = $this->setup->place();
		$is_saved = parent::process_admin_options();
		foreach ( $this->setup->on_saved( $before ) as $problem ) {
			$this->tell( $problem );
		}
		return $is_saved;
	}

	public function admin_options() {
		parent::admin_options();
		echo wp_kses_post( $this->setup->check_list() );
	}

	private function tell( string $error ): void {
		$this->add_error( $error );
		\WC_Admin_Settings::add_error( $error );
	}

	public function payment_fields() {
		echo wp_kses_post( wpautop( wptexturize( $this->get_description() ) ) );
		Saved_Means_List::show( $this );
	}

	/**
	 * @return Means_Token[]
	 */
	public function get_tokens() {
		return Saved_Means_List::offered( $this );
	}

	/**
	 * @param int $order_id
	 * @return array<string, string>
	 */
	public function process_payment( $order_id ) {
		return $this->start->pay( (int) $order_id, null, Saved_Means_List::chosen( $this ) );
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
	public function validate_gateway_field( $key, $value ): string {
		$address = (string) preg_replace( '#(/manage(/.*)?)?/*$#', '', trim( (string) $value ) );
		if ( '' === $address || preg_match( '#^https?://[^\s/?\#]+[^\s?\#]*$#D', $address ) ) {
			return $address;
		}
		$this->tell( __( 'The address of the gateway must begin with https:// or http://, and have no question mark.', 'checkout-plugins-for-postfinance' ) );
		return Settings::get( 'gateway' );
	}

	/**
	 * @param string      $key
	 * @param string|null $value
	 */
	public function validate_pairing_code_field( $key, $value ): string {
		$code = trim( (string) $value );
		if ( '' !== $code ) {
			try {
				$this->setup->pair( $code );
			} catch ( \InvalidArgumentException $e ) {
				$this->tell( $e->getMessage() );
			}
		}
		return ''; // Kept apart from the settings, and never shown again.
	}
}
