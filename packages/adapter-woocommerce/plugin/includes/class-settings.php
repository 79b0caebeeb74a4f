<?php
/**
 * What the shop owner chose.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * The settings of our payment method, as WooCommerce keeps them.
 */
final class Settings {

	/** Of the payment method; part of every order paid with it, so it never changes. */
	const ID = 'checkout_plugins_postfinance';

	const DEFAULTS = array(
		'enabled'           => 'no',
		'gateway'           => '',
		'title'             => '',
		'description'       => '',
		'offer'             => 'one',
		'integration'       => 'page',
		'save'              => 'no',
		'documents'         => 'no',
		'test'              => 'no',
		'completion'        => 'configured',
		'authorized_status' => 'on-hold',
		'complete_on'       => 'completed',
		'debug'             => 'no',
	);

	public static function get( string $name ): string {
		$all = get_option( 'woocommerce_' . self::ID . '_settings', array() );
		return (string) ( is_array( $all ) && isset( $all[ $name ] ) ? $all[ $name ] : self::DEFAULTS[ $name ] );
	}

	public static function is_test(): bool {
		return 'yes' === self::get( 'test' );
	}

	/** Each means of payment by itself in the checkout, or one for all of them? */
	public static function offers_each(): bool {
		return 'each' === self::get( 'offer' );
	}

	/** Is it one of our entries in the checkout? WooCommerce's block may write the buyer's choice again after us. */
	public static function is_ours( string $gateway_id ): bool {
		return self::ID === $gateway_id || 0 === strpos( $gateway_id, self::ID . '_' );
	}

	/** May customers keep their card? */
	public static function keeps_means(): bool {
		return 'yes' === self::get( 'save' );
	}

	/**
	 * @return string[] What our entries in the checkout can do, in WooCommerce's words.
	 */
	public static function features(): array {
		return array_merge(
			array( 'products', 'refunds' ),
			self::keeps_means() ? array( 'tokenization' ) : array(),
			Subscriptions::are_here() ? Subscriptions::SUPPORTS : array()
		);
	}

	/** What the buyer reads; in his language unless the owner wrote something. */
	public static function title(): string {
		$title = self::get( 'title' );
		return self::mark_test( '' === $title ? __( 'Card, TWINT or PostFinance Pay', 'checkout-plugins-for-postfinance' ) : $title );
	}

	/** Nobody shall take test money for real. */
	public static function mark_test( string $title ): string {
		/* translators: %s: the name of the payment method. */
		return self::is_test() ? sprintf( __( '%s (test: no real money)', 'checkout-plugins-for-postfinance' ), $title ) : $title;
	}

	public static function description(): string {
		$description = self::get( 'description' );
		if ( '' !== $description ) {
			return $description;
		}
		return 'page' === self::get( 'integration' )
			? __( 'You pay on the secure page of PostFinance Checkout and come back to this shop.', 'checkout-plugins-for-postfinance' )
			: __( 'You pay securely with PostFinance Checkout, in the next step.', 'checkout-plugins-for-postfinance' );
	}
}
