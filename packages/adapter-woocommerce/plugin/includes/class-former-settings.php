<?php
/**
 * The former plugin's settings in our terms.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Once, and only where the owner has not chosen something in ours yet. Keys and secrets are not among them: those are the gateway's.
 */
class Former_Settings {

	/** They were taken over: what the owner chooses afterwards is his own. */
	const DONE = 'checkout_plugins_postfinance_former_settings';

	/** @var Former_Plugin */
	private $former;

	public function __construct( Former_Plugin $former ) {
		$this->former = $former;
	}

	/**
	 * Ours that would change.
	 *
	 * @return array<string, string> Values by name.
	 */
	public function changes(): array {
		if ( 'done' === get_option( self::DONE ) ) {
			return array();
		}
		return array_filter(
			array_diff_assoc( $this->wanted(), Settings::DEFAULTS ),
			static function ( string $name ): bool {
				return Settings::DEFAULTS[ $name ] === Settings::get( $name );
			},
			ARRAY_FILTER_USE_KEY
		);
	}

	/** Changes ours, and switches off in ours what was switched off there. */
	public function adopt(): void {
		if ( 'done' === get_option( self::DONE ) ) {
			return;
		}
		$option  = 'woocommerce_' . Settings::ID . '_settings';
		$known   = get_option( $option, array() );
		$changes = $this->changes();
		if ( array() !== $changes ) {
			update_option( $option, $changes + ( is_array( $known ) ? $known : array() ) );
		}
		foreach ( $this->former->methods() as $id => $is_offered ) {
			$option = 'woocommerce_' . Settings::ID . "_{$id}_settings";
			if ( ! $is_offered && false === get_option( $option ) ) {
				update_option( $option, array( 'enabled' => 'no' ) );
			}
		}
		update_option( self::DONE, 'done', false );
	}

	/**
	 * @return array<string, string>
	 */
	private function wanted(): array {
		$integrations = array(
			'iframe'   => 'iframe',
			'lightbox' => 'lightbox',
		);
		$is_mapped    = 'yes' === get_option( 'wc_postfinancecheckout_enable_custom_status_mapping', 'no' );
		$authorized   = (string) preg_replace( '/^wc-/', '', (string) get_option( 'postfinancecheckout_order_status_mapping_authorized', '' ) );
		return array(
			'offer'             => in_array( true, $this->former->methods(), true ) ? 'each' : 'one',
			'integration'       => $integrations[ (string) get_option( 'wc_postfinancecheckout_integration', '' ) ] ?? 'page',
			'documents'         => 'yes' === get_option( 'wc_postfinancecheckout_customer_invoice' ) ? 'yes' : 'no',
			'save'              => array() === $this->former->customers() ? 'no' : 'yes',
			'authorized_status' => $is_mapped && 'processing' === $authorized ? 'processing' : 'on-hold',
		);
	}
}
