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
 * The form of our settings, in WooCommerce's terms.
 */
final class Settings_Form {

	/**
	 * The form, in WooCommerce's terms.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	public static function fields( Connection $connection ): array {
		$first   = array(
			'enabled'           => array(
				'title'   => __( 'Offer it', 'checkout-plugins-for-postfinance' ),
				'type'    => 'checkbox',
				'label'   => __( 'Buyers can pay with PostFinance Checkout', 'checkout-plugins-for-postfinance' ),
				'default' => Settings::DEFAULTS['enabled'],
			),
		);
		$address = array(
			'gateway' => array(
				'title'       => __( 'Address of the gateway', 'checkout-plugins-for-postfinance' ),
				'type'        => 'url',
				'placeholder' => 'https://',
				'description' => __( 'Only to be led there: enter it and save, and a button to its console appears below. The pairing code holds it too.', 'checkout-plugins-for-postfinance' ),
				'default'     => Settings::DEFAULTS['gateway'],
			),
		);
		return $first + ( $connection->is_paired() ? array() : $address ) + array(
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
				'default'     => Settings::DEFAULTS['title'],
			),
			'description'       => array(
				'title'   => __( 'Description', 'checkout-plugins-for-postfinance' ),
				'type'    => 'textarea',
				'default' => Settings::DEFAULTS['description'],
			),
			'offer'             => array(
				'title'   => __( 'In the checkout', 'checkout-plugins-for-postfinance' ),
				'type'    => 'select',
				'options' => array(
					'one'  => __( 'One entry; the buyer chooses his means of payment afterwards', 'checkout-plugins-for-postfinance' ),
					'each' => __( 'Each means of payment of the space by itself, with its picture', 'checkout-plugins-for-postfinance' ),
				),
				'default' => Settings::DEFAULTS['offer'],
			),
			'integration'       => array(
				'title'   => __( 'Where buyers pay', 'checkout-plugins-for-postfinance' ),
				'type'    => 'select',
				'options' => array(
					'page'     => __( 'On the payment page of PostFinance Checkout', 'checkout-plugins-for-postfinance' ),
					'iframe'   => __( 'In the shop: its fields in the page (iframe)', 'checkout-plugins-for-postfinance' ),
					'lightbox' => __( 'In the shop: its page over ours (lightbox)', 'checkout-plugins-for-postfinance' ),
				),
				'default' => Settings::DEFAULTS['integration'],
			),
			'save'              => array(
				'title'   => __( 'Kept cards', 'checkout-plugins-for-postfinance' ),
				'type'    => 'checkbox',
				'label'   => __( 'Customers who are logged in may keep their card and pay with it again', 'checkout-plugins-for-postfinance' ),
				'default' => Settings::DEFAULTS['save'],
			),
			'documents'         => array(
				'title'   => __( 'Documents', 'checkout-plugins-for-postfinance' ),
				'type'    => 'checkbox',
				'label'   => __( 'Customers can download invoices and refunds from their order', 'checkout-plugins-for-postfinance' ),
				'default' => Settings::DEFAULTS['documents'],
			),
			'test'              => array(
				'title'   => __( 'Test', 'checkout-plugins-for-postfinance' ),
				'type'    => 'checkbox',
				'label'   => __( 'Use the gateway\'s test space: no real money moves', 'checkout-plugins-for-postfinance' ),
				'default' => Settings::DEFAULTS['test'],
			),
			'completion'        => array(
				'title'   => __( 'Take the money', 'checkout-plugins-for-postfinance' ),
				'type'    => 'select',
				'options' => array(
					'configured' => __( 'As the space is set up', 'checkout-plugins-for-postfinance' ),
					'immediate'  => __( 'At once', 'checkout-plugins-for-postfinance' ),
					'deferred'   => __( 'Later: reserve it, and take it when the order reaches the status below', 'checkout-plugins-for-postfinance' ),
				),
				'default' => Settings::DEFAULTS['completion'],
			),
			'complete_on'       => array(
				'title'   => __( 'Take reserved money at', 'checkout-plugins-for-postfinance' ),
				'type'    => 'select',
				'options' => array( '' => __( 'Never by itself', 'checkout-plugins-for-postfinance' ) ) + self::statuses( self::later_statuses() ),
				'default' => Settings::DEFAULTS['complete_on'],
			),
			'authorized_status' => array(
				'title'   => __( 'Status of an order whose money is reserved', 'checkout-plugins-for-postfinance' ),
				'type'    => 'select',
				'options' => self::statuses( array( 'on-hold', 'processing' ) ),
				'default' => Settings::DEFAULTS['authorized_status'],
			),
			'debug'             => array(
				'title'   => __( 'Detailed log', 'checkout-plugins-for-postfinance' ),
				'type'    => 'checkbox',
				'label'   => __( 'Log every command (WooCommerce > Status > Logs)', 'checkout-plugins-for-postfinance' ),
				'default' => Settings::DEFAULTS['debug'],
			),
		);
	}

	/**
	 * Of one means of payment.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	public static function method_fields( string $name ): array {
		return array(
			'enabled'     => array(
				'title'   => __( 'Offer it', 'checkout-plugins-for-postfinance' ),
				'type'    => 'checkbox',
				'label'   => $name,
				'default' => 'yes',
			),
			'title'       => array(
				'title'       => __( 'Name', 'checkout-plugins-for-postfinance' ),
				'type'        => 'text',
				'description' => __( 'Leave it empty for a name in each buyer\'s own language.', 'checkout-plugins-for-postfinance' ),
				'placeholder' => $name,
				'default'     => '',
			),
			'description' => array(
				'title'   => __( 'Description', 'checkout-plugins-for-postfinance' ),
				'type'    => 'textarea',
				'default' => '',
			),
		);
	}

	/**
	 * All by which a shop may say that it sends the goods, those of other plugins too.
	 *
	 * @return string[]
	 */
	private static function later_statuses(): array {
		$all = array_map(
			static function ( string $name ): string {
				return (string) preg_replace( '/^wc-/', '', $name );
			},
			array_keys( wc_get_order_statuses() )
		);
		return array_values( array_diff( $all, array( 'pending', 'on-hold', 'failed', 'cancelled', 'refunded', 'checkout-draft' ) ) );
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
