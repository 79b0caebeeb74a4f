<?php
/**
 * Paying without leaving the shop.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce's own pay page of an order, to which both checkouts lead: the service's script shows its fields in it
 * (iframe) or its page over it (lightbox). The payment page is the way out where no script runs.
 */
class Pay_Page {

	const SCRIPT = 'checkout-plugins-postfinance-pay';

	/** Asks for the payment page instead. */
	const LEAVE = 'checkout_plugins_page';

	/** @var Payment_Start */
	private $start;

	/** @var array<string, mixed>|null The script and the means of payment that this page shows. */
	private $step = null;

	public function __construct( Payment_Start $start ) {
		$this->start = $start;
	}

	public function register(): void {
		add_action( 'template_redirect', array( $this, 'prepare' ) );
	}

	/** Before anything is written, so that the buyer can still be led elsewhere. */
	public function prepare(): void {
		$order = wc_get_order( absint( get_query_var( 'order-pay' ) ) );
		if ( ! $order instanceof \WC_Order || ! $this->is_asked_for( $order ) ) {
			return;
		}
		nocache_headers();
		$leaves = isset( $_GET[ self::LEAVE ] ); // phpcs:ignore WordPress.Security.NonceVerification.Recommended -- the order's key was checked.
		$fresh  = $leaves ? null : $this->start->take_step( $order );
		$step   = $fresh ?? $this->start->step( $order, $leaves ? 'page' : Settings::get( 'integration' ) );
		switch ( $step['kind'] ) {
			case 'redirect':
				wp_redirect( $step['url'] ); // phpcs:ignore WordPress.Security.SafeRedirect -- to the payment page.
				exit;
			case 'failed':
				wc_add_notice( Payment_Start::message( $step['message'] ), 'error' );
				wp_safe_redirect( $order->get_checkout_payment_url() );
				exit;
			case 'script':
				$this->step = $step + array( 'opens' => null !== $fresh );
				add_action( 'woocommerce_receipt_' . $order->get_payment_method(), array( $this, 'show' ) );
				$this->enqueue( $step['url'] );
				return;
			default:
				wp_safe_redirect( $order->get_checkout_order_received_url() );
				exit;
		}
	}

	/**
	 * @param int|string $order_id
	 */
	public function show( $order_id ): void {
		$order = wc_get_order( $order_id );
		if ( null === $this->step || ! $order instanceof \WC_Order ) {
			return;
		}
		$total = Money::to_text( Money::of( Money::to_minor( $order->get_total(), $order->get_currency() ), $order->get_currency() ) );
		/* translators: %s: amount. */
		$label = sprintf( __( 'Pay %s', 'checkout-plugins-for-postfinance' ), $total );
		$opens = $this->step['opens'] && count( $this->step['methods'] ) < 2 ? 'yes' : 'no';
		echo '<form id="checkout-plugins-pay" class="checkout-plugins-pay" data-integration="' . esc_attr( $this->step['integration'] ) . '" data-opens="' . esc_attr( $opens ) . '">';
		$this->show_methods();
		echo '<div id="checkout-plugins-fields" class="checkout-plugins-fields"></div>';
		echo '<ul id="checkout-plugins-mistakes" class="woocommerce-error" role="alert" hidden></ul>';
		echo '<button type="submit" class="button alt wp-element-button" disabled>' . esc_html( $label ) . '</button></form>';
		echo '<noscript><p>' . esc_html__( 'Your browser runs no scripts here: pay on the payment page.', 'checkout-plugins-for-postfinance' ) . '</p></noscript>';
		echo '<p class="checkout-plugins-ways"><a href="' . esc_url( add_query_arg( self::LEAVE, 'yes', $order->get_checkout_payment_url( true ) ) ) . '">' . esc_html__( 'Pay on the payment page instead', 'checkout-plugins-for-postfinance' ) . '</a> ';
		echo '<a href="' . esc_url( $order->get_checkout_payment_url() ) . '">' . esc_html__( 'Choose another means of payment', 'checkout-plugins-for-postfinance' ) . '</a></p>';
	}

	/** The key of the order is the right to pay it, as in WooCommerce. */
	private function is_asked_for( \WC_Order $order ): bool {
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- an address that is mailed and bookmarked: the order's key is checked instead.
		$key     = isset( $_GET['key'] ) ? sanitize_text_field( wp_unslash( $_GET['key'] ) ) : '';
		$chooses = isset( $_GET['pay_for_order'] );
		// phpcs:enable
		return ! $chooses
			&& Order_Record::is_ours( $order )
			&& Settings::is_ours( $order->get_payment_method() )
			&& hash_equals( $order->get_order_key(), $key )
			&& $order->needs_payment();
	}

	/** The service's script is made for this one payment: its address is left exactly as it is. */
	private function enqueue( string $url ): void {
		wp_enqueue_script( self::SCRIPT . '-service', $url, array(), null, true ); // phpcs:ignore WordPress.WP.EnqueuedResourceParameters.MissingVersion
		wp_enqueue_script( self::SCRIPT, plugins_url( 'assets/pay.js', PLUGIN_FILE ), array( self::SCRIPT . '-service' ), VERSION, true );
		wp_enqueue_style( self::SCRIPT, plugins_url( 'assets/pay.css', PLUGIN_FILE ), array(), VERSION );
	}

	private function show_methods(): void {
		$methods = $this->step['methods'];
		if ( array() === $methods ) {
			return;
		}
		echo '<fieldset class="checkout-plugins-methods"' . ( 1 === count( $methods ) ? ' hidden' : '' ) . '><legend>' . esc_html__( 'Means of payment', 'checkout-plugins-for-postfinance' ) . '</legend>';
		foreach ( $methods as $at => $method ) {
			echo '<label><input type="radio" name="method" value="' . esc_attr( $method['id'] ) . '"' . checked( 0, $at, false ) . '> <span>' . esc_html( $method['name'] ) . '</span>' . Method_List::picture( $method ) . '</label>'; // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- picture() escapes.
		}
		echo '</fieldset>';
	}
}
