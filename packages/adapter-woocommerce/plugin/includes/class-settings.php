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
 * The settings of our payment method, as WooCommerce keeps them, and the form in which they are asked for.
 */
final class Settings {

	/** Of the payment method; part of every order paid with it, so it never changes. */
	const ID = 'checkout_plugins_postfinance';

	const DEFAULTS = array(
		'enabled'           => 'no',
		'title'             => '',
		'description'       => '',
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

	/** What the buyer reads; in his language unless the owner wrote something. */
	public static function title(): string {
		$title = self::get( 'title' );
		$title = '' === $title ? __( 'Card, TWINT or PostFinance Pay', 'checkout-plugins-for-postfinance' ) : $title;
		/* translators: %s: the name of the payment method. */
		return self::is_test() ? sprintf( __( '%s (test: no real money)', 'checkout-plugins-for-postfinance' ), $title ) : $title;
	}

	public static function description(): string {
		$description = self::get( 'description' );
		return '' === $description ? __( 'You pay on the secure page of PostFinance Checkout and come back to this shop.', 'checkout-plugins-for-postfinance' ) : $description;
	}

	/**
	 * The form, in WooCommerce's terms.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	public static function fields( Connection $connection ): array {
		return array(
			'enabled'           => array(
				'title'   => __( 'Offer it', 'checkout-plugins-for-postfinance' ),
				'type'    => 'checkbox',
				'label'   => __( 'Buyers can pay with PostFinance Checkout', 'checkout-plugins-for-postfinance' ),
				'default' => self::DEFAULTS['enabled'],
			),
			'pairing_code'      => array(
				'title'       => __( 'Pairing code', 'checkout-plugins-for-postfinance' ),
				'type'        => 'password',
				'description' => self::describe_pairing( $connection ),
				'default'     => '',
			),
			'title'             => array(
				'title'       => __( 'Name', 'checkout-plugins-for-postfinance' ),
				'type'        => 'text',
				'description' => __( 'Leave it empty for a name in each buyer\'s own language.', 'checkout-plugins-for-postfinance' ),
				'placeholder' => __( 'Card, TWINT or PostFinance Pay', 'checkout-plugins-for-postfinance' ),
				'default'     => self::DEFAULTS['title'],
			),
			'description'       => array(
				'title'   => __( 'Description', 'checkout-plugins-for-postfinance' ),
				'type'    => 'textarea',
				'default' => self::DEFAULTS['description'],
			),
			'test'              => array(
				'title'   => __( 'Test', 'checkout-plugins-for-postfinance' ),
				'type'    => 'checkbox',
				'label'   => __( 'Use the gateway\'s test space: no real money moves', 'checkout-plugins-for-postfinance' ),
				'default' => self::DEFAULTS['test'],
			),
			'completion'        => array(
				'title'   => __( 'Take the money', 'checkout-plugins-for-postfinance' ),
				'type'    => 'select',
				'options' => array(
					'configured' => __( 'As the space is set up', 'checkout-plugins-for-postfinance' ),
					'immediate'  => __( 'At once', 'checkout-plugins-for-postfinance' ),
					'deferred'   => __( 'Later: reserve it, and take it when the order reaches the status below', 'checkout-plugins-for-postfinance' ),
				),
				'default' => self::DEFAULTS['completion'],
			),
			'complete_on'       => array(
				'title'   => __( 'Take reserved money at', 'checkout-plugins-for-postfinance' ),
				'type'    => 'select',
				'options' => array( '' => __( 'Never by itself', 'checkout-plugins-for-postfinance' ) ) + self::statuses( array( 'processing', 'completed' ) ),
				'default' => self::DEFAULTS['complete_on'],
			),
			'authorized_status' => array(
				'title'   => __( 'Status of an order whose money is reserved', 'checkout-plugins-for-postfinance' ),
				'type'    => 'select',
				'options' => self::statuses( array( 'on-hold', 'processing' ) ),
				'default' => self::DEFAULTS['authorized_status'],
			),
			'debug'             => array(
				'title'   => __( 'Detailed log', 'checkout-plugins-for-postfinance' ),
				'type'    => 'checkbox',
				'label'   => __( 'Log every command (WooCommerce > Status > Logs)', 'checkout-plugins-for-postfinance' ),
				'default' => self::DEFAULTS['debug'],
			),
		);
	}

	/**
	 * @param string[] $names
	 * @return array<string, string>
	 */
	private static function statuses( array $names ): array {
		$labels = array();
		foreach ( $names as $name ) {
			$labels[ $name ] = wc_get_order_status_name( $name );
		}
		return $labels;
	}

	private static function describe_pairing( Connection $connection ): string {
		if ( ! $connection->is_paired() ) {
			return esc_html__( 'Whoever runs the gateway gives it to you. It is a password: do not send it by e-mail.', 'checkout-plugins-for-postfinance' );
		}
		/* translators: 1: the shop's name at the gateway, 2: the gateway's address. */
		$text = __( 'Paired as %1$s with %2$s. Paste another code to change it; leave this empty to keep it.', 'checkout-plugins-for-postfinance' );
		return esc_html( sprintf( $text, $connection->shop_id(), $connection->gateway_url() ) );
	}
}
