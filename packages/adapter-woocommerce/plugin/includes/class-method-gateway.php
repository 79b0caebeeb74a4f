<?php
/**
 * One means of payment of its own in the checkout.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * TWINT, cards, PostFinance Pay … each with its title, text and picture. It only begins the payment: the order then is
 * one of ours like any other.
 */
class Method_Gateway extends \WC_Payment_Gateway {

	/** @var Payment_Gateway The one whose settings count for all. */
	private $whole;

	/** @var Payment_Start */
	private $start;

	/** @var array<string, mixed> */
	private $method;

	/**
	 * @param array<string, mixed> $method Of the method list.
	 */
	public function __construct( Payment_Gateway $whole, Payment_Start $start, array $method ) {
		$this->whole        = $whole;
		$this->start        = $start;
		$this->method       = $method;
		$this->id           = Settings::ID . '_' . $method['id'];
		$this->method_title = "PostFinance Checkout: {$method['name']}";

		$this->method_description = __( 'One means of payment of PostFinance Checkout. Pairing and everything else is set under "PostFinance Checkout".', 'checkout-plugins-for-postfinance' );

		$this->has_fields = $whole->has_fields;
		$this->supports   = $whole->supports;
		$this->init_settings();
		$this->enabled = (string) ( $this->settings['enabled'] ?? 'yes' );
		$this->title   = $this->get_title(); // The Store API reads it and not the method.
		add_action( 'woocommerce_update_options_payment_gateways_' . $this->id, array( $this, 'process_admin_options' ) );
	}

	public function init_form_fields() {
		$this->form_fields = Settings_Form::method_fields( (string) $this->method['name'] );
	}

	public function get_form_fields() {
		$this->init_form_fields();
		return parent::get_form_fields();
	}

	public function get_title() {
		$own = (string) ( $this->settings['title'] ?? '' );
		return (string) apply_filters( 'woocommerce_gateway_title', Settings::mark_test( '' === $own ? (string) $this->method['name'] : $own ), $this->id ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- WooCommerce's own filter.
	}

	public function get_description() {
		$own = (string) ( $this->settings['description'] ?? '' );
		return (string) apply_filters( 'woocommerce_gateway_description', '' === $own ? (string) ( $this->method['description'] ?? '' ) : $own, $this->id ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- WooCommerce's own filter.
	}

	public function get_icon() {
		return (string) apply_filters( 'woocommerce_gateway_icon', Method_List::picture( $this->method ), $this->id ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- WooCommerce's own filter.
	}

	/** The address of its picture; empty when it has none. */
	public function picture_url(): string {
		return (string) ( $this->method['image'] ?? '' );
	}

	public function needs_setup() {
		return $this->whole->needs_setup();
	}

	/** A means of payment that does not take this currency is not shown. */
	public function is_available() {
		$currencies = (array) ( $this->method['currencies'] ?? array() );
		return Settings::offers_each()
			&& $this->whole->is_ready()
			&& ( array() === $currencies || in_array( self::currency(), $currencies, true ) )
			&& parent::is_available();
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
		return $this->start->pay( (int) $order_id, (string) $this->method['id'], Saved_Means_List::chosen( $this ) );
	}

	/**
	 * @param \WC_Order $order
	 */
	public function can_refund_order( $order ) {
		return $this->whole->can_refund_order( $order );
	}

	/**
	 * @param int        $order_id
	 * @param float|null $amount
	 * @param string     $reason
	 * @return true|\WP_Error
	 */
	public function process_refund( $order_id, $amount = null, $reason = '' ) {
		return $this->whole->process_refund( $order_id, $amount, $reason );
	}

	/** Of the order that is being paid, or of the shop. */
	private static function currency(): string {
		$order = wc_get_order( absint( get_query_var( 'order-pay' ) ) );
		return $order instanceof \WC_Order ? $order->get_currency() : get_woocommerce_currency();
	}
}
