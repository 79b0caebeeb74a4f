<?php
/**
 * WooCommerce Subscriptions.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Keeps the means of payment of a subscription's first order, and charges them for each renewal. By the hooks that
 * https://woocommerce.com/document/subscriptions/develop/payment-gateway-integration/ describes.
 */
class Subscriptions {

	/** On a subscription: what its renewals are charged on. */
	const MEANS = '_checkout_plugins_means';

	const SUPPORTS = array(
		'subscriptions',
		'multiple_subscriptions',
		'subscription_cancellation',
		'subscription_suspension',
		'subscription_reactivation',
		'subscription_amount_changes',
		'subscription_date_changes',
	);

	/** @var Charge */
	private $charge;

	public function __construct( Charge $charge ) {
		$this->charge = $charge;
	}

	public static function are_here(): bool {
		return function_exists( 'wcs_order_contains_subscription' );
	}

	/** Will this order's means be charged again? */
	public static function are_in( \WC_Order $order ): bool {
		return self::are_here() && wcs_order_contains_subscription( $order, 'any' );
	}

	public function register(): void {
		add_action( 'woocommerce_scheduled_subscription_payment_' . Settings::ID, array( $this, 'renew' ), 10, 2 );
		add_action( 'checkout_plugins_postfinance_shown', array( $this, 'on_shown' ), 10, 2 );
		add_filter( 'woocommerce_subscription_payment_meta', array( $this, 'filter_meta' ), 10, 2 );
	}

	/**
	 * Of whatever order of it was paid last, so that a buyer mends a failed renewal by paying it with another card.
	 *
	 * @param \WC_Order            $order
	 * @param array<string, mixed> $payment
	 */
	public function on_shown( $order, $payment ): void {
		if ( ! isset( $payment['means'] ) || ! in_array( $payment['standing'], array( 'authorized', 'paid' ), true ) || ! self::are_in( $order ) ) {
			return;
		}
		foreach ( wcs_get_subscriptions_for_order( $order, array( 'order_type' => 'any' ) ) as $subscription ) {
			if ( $payment['means'] !== $subscription->get_meta( self::MEANS ) || Settings::ID !== $subscription->get_payment_method() ) {
				$subscription->set_payment_method( Settings::ID );
				$subscription->update_meta_data( self::MEANS, $payment['means'] );
				$subscription->save();
			}
		}
	}

	/**
	 * @param float|string $amount
	 * @param \WC_Order    $order  The renewal.
	 */
	public function renew( $amount, $order ): void {
		$means = '';
		foreach ( wcs_get_subscriptions_for_order( $order, array( 'order_type' => 'any' ) ) as $subscription ) {
			$means = (string) $subscription->get_meta( self::MEANS );
		}
		if ( '' === $means ) {
			$order->update_status( 'failed', __( 'No means of payment are kept for this subscription. Send the customer the link to pay this order; what he pays with is charged from then on.', 'checkout-plugins-for-postfinance' ) );
			return;
		}
		Order_Record::hand_over( $order, null, 'always' );
		$answer = $this->charge->run( $order, $means, true );
		if ( 'pending' === $answer['kind'] ) {
			$order->add_order_note( __( 'PostFinance Checkout has not confirmed it yet. It is asked again by itself; you are told here what comes of it.', 'checkout-plugins-for-postfinance' ) );
		}
	}

	/**
	 * Lets the merchant see and change it on the subscription.
	 *
	 * @param array<string, mixed> $meta
	 * @param \WC_Order            $subscription
	 * @return array<string, mixed>
	 */
	public function filter_meta( $meta, $subscription ) {
		$meta[ Settings::ID ] = array(
			'post_meta' => array(
				self::MEANS => array(
					'value' => $subscription->get_meta( self::MEANS ),
					'label' => __( 'Token at PostFinance Checkout', 'checkout-plugins-for-postfinance' ),
				),
			),
		);
		return $meta;
	}
}
