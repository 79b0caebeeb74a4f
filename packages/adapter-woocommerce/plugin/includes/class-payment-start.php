<?php
/**
 * What happens when a buyer presses "pay".
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Hands the order to the gateway, by one request, and leads the buyer to where he pays: the payment page, or this shop's
 * own pay page. The same for every checkout and every means of payment.
 */
class Payment_Start {

	const STEP = 'checkout_plugins_step_';

	/** Seconds until what the gateway said is asked again; the buyer comes to the pay page sooner. */
	const KEPT = 60;

	/** @var Gateway_Client */
	private $client;

	/** @var Payment_Shower */
	private $shower;

	/** @var Charge */
	private $charge;

	/** @var Order_Adoption */
	private $adoption;

	public function __construct( Gateway_Client $client, Payment_Shower $shower, Charge $charge, Order_Adoption $adoption ) {
		$this->client   = $client;
		$this->shower   = $shower;
		$this->charge   = $charge;
		$this->adoption = $adoption;
	}

	/**
	 * Every order of ours has our one id as its means of payment, whichever of ours the buyer chose: refunds and renewals
	 * find us also when that one is no longer offered. Its title stays what he read.
	 *
	 * @param string|null      $method Of the service; null: the buyer chooses there.
	 * @param Means_Token|null $token  Kept means that he chose.
	 * @return array<string, string> WooCommerce's answer.
	 */
	public function pay( int $order_id, ?string $method, ?Means_Token $token ): array {
		$order = wc_get_order( $order_id );
		if ( ! $order instanceof \WC_Order ) {
			return $this->fail( __( 'There is no such order.', 'checkout-plugins-for-postfinance' ) );
		}
		$is_charged_again = Subscriptions::are_in( $order );
		if ( $is_charged_again && $order->get_total() <= 0 ) {
			return $this->fail( __( 'This means of payment needs a first payment to be kept. Choose another one.', 'checkout-plugins-for-postfinance' ) );
		}
		if ( $this->adoption->is_due( $order ) ) {
			// The buyer began to pay by the former plugin: he is led back to that payment, or it is given back if he pays both.
			$this->adoption->adopt( $order_id );
			$order = Order_Record::fresh( $order_id ) ?? $order;
		}
		Order_Record::hand_over( $order, $method, $is_charged_again ? 'always' : Settings::keeps_means() && $order->get_customer_id() > 0 );
		if ( null !== $token && $token->get_user_id() === $order->get_customer_id() ) {
			return $this->charge( $order, $token );
		}
		$step = $this->step( $order, Settings::get( 'integration' ) );
		switch ( $step['kind'] ) {
			case 'failed':
				return $this->fail( $step['message'] );
			case 'redirect':
				return self::lead( $step['url'] );
			case 'script':
				set_transient( self::STEP . $order->get_id(), $step, self::KEPT );
				return self::lead( $order->get_checkout_payment_url( true ) );
			default:
				return self::lead( $order->get_checkout_order_received_url() );
		}
	}

	/**
	 * Where the buyer pays, as the gateway says.
	 *
	 * @return array<string, mixed> `kind` is redirect, script, nothingToDo (paid already, or being paid), or failed with a `message` for the buyer, if any.
	 */
	public function step( \WC_Order $order, string $integration ): array {
		try {
			$result = $this->client->run( Order_Command::start( $order, $integration ), Gateway_Client::create_id() );
			if ( isset( $result['payment'] ) ) {
				$this->shower->show( $result['payment'] );
			}
		} catch ( Gateway_Exception $e ) {
			return self::failed( $e->public_message() );
		} catch ( Busy_Exception $e ) {
			return self::failed( null );
		}
		if ( 'pending' === $result['kind'] ) {
			return array( 'kind' => 'nothingToDo' ); // Kept means are being charged.
		}
		return 'successful' === $result['kind'] ? $result['answer'] : self::failed( $result['failure']['publicMessage'] ?? null );
	}

	/**
	 * An unknown outcome leads to the page that says so; the order is told it later.
	 *
	 * @return array<string, string>
	 */
	private function charge( \WC_Order $order, Means_Token $token ): array {
		$answer = $this->charge->run( $order, $token->get_token(), false );
		return 'failed' === $answer['kind'] ? $this->fail( $answer['public'] ) : self::lead( $order->get_checkout_order_received_url() );
	}

	/**
	 * What `pay` was told a moment ago, once; null when that is old.
	 *
	 * @return array<string, mixed>|null
	 */
	public function take_step( \WC_Order $order ): ?array {
		$step = get_transient( self::STEP . $order->get_id() );
		delete_transient( self::STEP . $order->get_id() );
		return is_array( $step ) ? $step : null;
	}

	/**
	 * @param string|null $message For the buyer.
	 */
	public static function message( ?string $message ): string {
		return null === $message || '' === $message
			? __( 'This means of payment cannot be reached at the moment. Your order is kept: try again in a minute, or choose another one.', 'checkout-plugins-for-postfinance' )
			: $message;
	}

	/**
	 * @return array<string, string>
	 */
	private function fail( ?string $message ): array {
		$text = self::message( $message );
		wc_add_notice( $text, 'error' );
		return array(
			'result'  => 'failure',
			'message' => $text,
		);
	}

	/**
	 * @return array<string, string>
	 */
	private static function lead( string $url ): array {
		return array(
			'result'   => 'success',
			'redirect' => $url,
		);
	}

	/**
	 * @param mixed $message
	 * @return array{kind: string, message: string|null}
	 */
	private static function failed( $message ): array {
		return array(
			'kind'    => 'failed',
			'message' => is_string( $message ) ? $message : null,
		);
	}
}
