<?php
/**
 * What the merchant does with an order.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Takes reserved money and gives it back: by the order's actions, or because the order reached a status.
 */
class Order_Actions {

	/** @var Outbox */
	private $outbox;

	/** @var Payment_Shower */
	private $shower;

	/** @var Unpaid_Guard */
	private $guard;

	public function __construct( Outbox $outbox, Payment_Shower $shower, Unpaid_Guard $guard ) {
		$this->outbox = $outbox;
		$this->shower = $shower;
		$this->guard  = $guard;
	}

	public function register(): void {
		add_filter( 'woocommerce_order_actions', array( $this, 'offer' ), 10, 2 );
		add_action( 'woocommerce_order_action_checkout_plugins_complete', array( $this, 'complete' ) );
		add_action( 'woocommerce_order_action_checkout_plugins_void', array( $this, 'cancel' ) );
		add_action( 'woocommerce_order_action_checkout_plugins_accept', array( $this, 'accept' ) );
		add_action( 'woocommerce_order_action_checkout_plugins_deny', array( $this, 'deny' ) );
		add_action( 'woocommerce_order_action_checkout_plugins_look', array( $this, 'look' ) );
		add_action( 'woocommerce_order_status_changed', array( $this, 'on_status' ), 10, 4 );
	}

	/**
	 * @param array<string, string> $actions
	 * @param \WC_Order|null        $order
	 * @return array<string, string>
	 */
	public function offer( $actions, $order = null ): array {
		if ( ! $order instanceof \WC_Order || ! Order_Record::is_ours( $order ) ) {
			return $actions;
		}
		if ( 'authorized' === Order_Record::standing( $order ) ) {
			$actions['checkout_plugins_complete'] = __( 'PostFinance Checkout: take the reserved money', 'checkout-plugins-for-postfinance' );
			$actions['checkout_plugins_void']     = __( 'PostFinance Checkout: give the reservation back', 'checkout-plugins-for-postfinance' );
		}
		if ( Order_Record::is_under_review( $order ) ) {
			$actions['checkout_plugins_accept'] = __( 'PostFinance Checkout: checked, it may be shipped', 'checkout-plugins-for-postfinance' );
			$actions['checkout_plugins_deny']   = __( 'PostFinance Checkout: checked, do not ship', 'checkout-plugins-for-postfinance' );
		}
		$actions['checkout_plugins_look'] = __( 'PostFinance Checkout: ask for the payment\'s state', 'checkout-plugins-for-postfinance' );
		return $actions;
	}

	public function complete( \WC_Order $order ): void {
		// The same key for the same wish: pressing twice takes the money once.
		$key = 'complete-' . $order->get_id() . '-' . Order_Record::revision( $order );
		$this->tell( $order, $this->outbox->send( $order->get_id(), Order_Command::complete( $order, $key ), true ) );
	}

	public function cancel( \WC_Order $order ): void {
		$this->tell( $order, $this->outbox->send( $order->get_id(), Order_Command::cancel( $order, false ), true ) );
	}

	public function accept( \WC_Order $order ): void {
		$this->tell( $order, $this->outbox->send( $order->get_id(), Order_Command::review( $order, true ), true ) );
	}

	public function deny( \WC_Order $order ): void {
		$this->tell( $order, $this->outbox->send( $order->get_id(), Order_Command::review( $order, false ), true ) );
	}

	public function look( \WC_Order $order ): void {
		$this->tell( $order, $this->outbox->send( $order->get_id(), Order_Command::look( $order->get_id() ), false ) );
	}

	/**
	 * @param int|string $order_id
	 */
	public function on_status( $order_id, string $from, string $to, \WC_Order $order ): void {
		if ( ! Order_Record::is_ours( $order ) || ( Order_Record::is_adopted( $order ) && Former_Plugin::is_its( $order->get_payment_method() ) ) ) {
			return; // While it is being taken over, it is still the former plugin's.
		}
		$command = $this->to_command( $order, $to );
		if ( null === $command ) {
			return;
		}
		if ( ! $this->shower->is_showing( (int) $order_id ) ) {
			$this->tell( $order, $this->outbox->send( (int) $order_id, $command, true ) );
		} elseif ( $to !== $order->get_meta( Order_Record::STATUS ) ) {
			// Another plugin moved it while we show: the gateway waits for our answer, so it is asked afterwards.
			$this->outbox->send_soon( (int) $order_id, $command );
		}
	}

	/**
	 * @return array<string, mixed>|null
	 */
	private function to_command( \WC_Order $order, string $status ): ?array {
		$standing = Order_Record::standing( $order );
		if ( 'cancelled' === $status && in_array( $standing, array( '', 'open', 'authorized' ), true ) ) {
			return Order_Command::cancel( $order, ! $this->guard->has_cleared( $order->get_id() ) );
		}
		if ( Settings::get( 'complete_on' ) === $status && 'authorized' === $standing ) {
			return Order_Command::complete( $order, 'complete-' . $order->get_id() . '-' . Order_Record::revision( $order ) );
		}
		return null;
	}

	/**
	 * @param array{kind: string, message: string, public: string} $answer
	 */
	private function tell( \WC_Order $order, array $answer ): void {
		if ( 'failed' === $answer['kind'] ) {
			/* translators: %s: reason. */
			$order->add_order_note( sprintf( __( 'PostFinance Checkout did not do it: %s', 'checkout-plugins-for-postfinance' ), $answer['message'] ) );
		} elseif ( 'pending' === $answer['kind'] ) {
			$order->add_order_note( __( 'PostFinance Checkout has not confirmed it yet. It is asked again by itself; you are told here what comes of it.', 'checkout-plugins-for-postfinance' ) );
		}
	}
}
