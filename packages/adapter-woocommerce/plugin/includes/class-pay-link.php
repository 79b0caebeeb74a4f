<?php
/**
 * For orders made by phone.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Mails the buyer of an unpaid order the address at which he pays it. It holds the order's key, needs no account, and
 * leads to the same payment however often it is opened.
 */
class Pay_Link {

	const ACTION = 'checkout_plugins_mail_link';

	/** @var Connection */
	private $connection;

	public function __construct( Connection $connection ) {
		$this->connection = $connection;
	}

	public function register(): void {
		add_filter( 'woocommerce_order_actions', array( $this, 'offer' ), 10, 2 );
		add_action( 'woocommerce_order_action_' . self::ACTION, array( $this, 'mail' ) );
	}

	/**
	 * @param array<string, string> $actions
	 * @param \WC_Order|null        $order
	 * @return array<string, string>
	 */
	public function offer( $actions, $order = null ): array {
		if ( $this->connection->is_paired() && $order instanceof \WC_Order && $order->needs_payment() && is_email( $order->get_billing_email() ) ) {
			$actions[ self::ACTION ] = __( 'PostFinance Checkout: mail the link to pay', 'checkout-plugins-for-postfinance' );
		}
		return (array) $actions;
	}

	public function mail( \WC_Order $order ): void {
		if ( ! Settings::is_ours( $order->get_payment_method() ) ) {
			$order->set_payment_method_title( Settings::title() );
		}
		$way = Order_Record::way( $order );
		Order_Record::hand_over( $order, $way['method'], $way['stores'] );
		$to     = (string) $order->get_billing_email();
		$number = (string) $order->get_order_number();
		/* translators: 1: order number, 2: name of the shop. */
		$subject = sprintf( __( 'Pay your order %1$s at %2$s', 'checkout-plugins-for-postfinance' ), $number, wp_specialchars_decode( get_bloginfo( 'name' ), ENT_QUOTES ) );
		$mailer  = WC()->mailer();
		$is_sent = $mailer->send( $to, $subject, $mailer->wrap_message( $subject, self::body( $order ) ) );
		/* translators: %s: e-mail address. */
		$order->add_order_note( $is_sent ? sprintf( __( 'The link to pay was mailed to %s.', 'checkout-plugins-for-postfinance' ), $to ) : __( 'The link to pay could not be mailed: WordPress did not accept the mail. Check the shop\'s mail settings.', 'checkout-plugins-for-postfinance' ) );
	}

	private static function body( \WC_Order $order ): string {
		$total = Money::to_text( Money::of( Money::to_minor( $order->get_total(), $order->get_currency() ), $order->get_currency() ) );
		/* translators: 1: order number, 2: amount. */
		$text = sprintf( __( 'Your order %1$s of %2$s is ready to be paid.', 'checkout-plugins-for-postfinance' ), $order->get_order_number(), $total );
		/* translators: %s: amount. */
		$label = sprintf( __( 'Pay %s', 'checkout-plugins-for-postfinance' ), $total );
		return '<p>' . esc_html( $text ) . '</p><p><a href="' . esc_url( $order->get_checkout_payment_url( true ) ) . '">' . esc_html( $label ) . '</a></p>';
	}
}
