<?php
/**
 * A card, or another means of payment, that a customer keeps.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * The service keeps it; here is its name there, and what the customer reads of it.
 */
class Means_Token extends \WC_Payment_Token {

	const TYPE = 'checkout_plugins';

	/** @var string */
	protected $type = self::TYPE;

	/** @var array<string, string> */
	protected $extra_data = array(
		'label'       => '',
		'expires'     => '',
		'method'      => '',
		'environment' => '',
	);

	/**
	 * @param array{id: string, label: string, method: string|null, expiresOn: string|null} $means
	 */
	public function describe( array $means ): void {
		$this->set_label( Text::cut( $means['label'], 200 ) );
		$this->set_expires( null === $means['expiresOn'] ? '' : substr( $means['expiresOn'], 0, 7 ) );
		$this->set_method( (string) $means['method'] );
		$this->set_environment( Settings::is_test() ? 'test' : 'live' );
	}

	// WooCommerce's store reads and writes each field by these.

	public function get_label( $context = 'view' ) {
		return (string) $this->get_prop( 'label', $context );
	}

	public function set_label( $value ) {
		$this->set_prop( 'label', $value );
	}

	public function get_expires( $context = 'view' ) {
		return (string) $this->get_prop( 'expires', $context );
	}

	public function set_expires( $value ) {
		$this->set_prop( 'expires', $value );
	}

	/** Of the service; empty when it does not tell. */
	public function get_method( $context = 'view' ) {
		return (string) $this->get_prop( 'method', $context );
	}

	public function set_method( $value ) {
		$this->set_prop( 'method', $value );
	}

	public function get_environment( $context = 'view' ) {
		return (string) $this->get_prop( 'environment', $context );
	}

	public function set_environment( $value ) {
		$this->set_prop( 'environment', $value );
	}

	/** "12/30", or empty. */
	public function expiry(): string {
		return preg_match( '/^\d\d(\d\d)-(\d\d)$/D', $this->get_expires(), $matches ) ? "{$matches[2]}/{$matches[1]}" : '';
	}

	/** Of a card; empty for what has no such digits. */
	public function last4(): string {
		return preg_match( '/(\d{4})$/D', $this->get_label(), $matches ) ? $matches[1] : '';
	}

	/** "Visa" of "Visa 4111 11** **** 1111". */
	public function brand(): string {
		return trim( (string) preg_replace( '/[\d* ]+$/', '', $this->get_label() ) );
	}

	/** Test money pays nothing live, nor the other way round. */
	public function is_usable(): bool {
		return ( Settings::is_test() ? 'test' : 'live' ) === $this->get_environment();
	}

	/**
	 * @param string $deprecated
	 */
	public function get_display_name( $deprecated = '' ) {
		/* translators: 1: card, 2: month and year. */
		return '' === $this->expiry() ? $this->get_label() : sprintf( __( '%1$s (until %2$s)', 'checkout-plugins-for-postfinance' ), $this->get_label(), $this->expiry() );
	}
}
