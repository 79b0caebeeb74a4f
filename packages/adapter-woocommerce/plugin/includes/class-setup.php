<?php
/**
 * What happens when an owner saves the settings.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Pairs, lists the means of payment anew, and says whether shop and gateway reach each other.
 */
class Setup {

	/** @var Connection */
	private $connection;

	/** @var Pairing */
	private $pairing;

	/** @var Method_List */
	private $methods;

	/** @var Check_List */
	private $checks;

	/** @var Migration_Page */
	private $migration;

	public function __construct( Connection $connection, Pairing $pairing, Method_List $methods, Check_List $checks, Migration_Page $migration ) {
		$this->connection = $connection;
		$this->pairing    = $pairing;
		$this->methods    = $methods;
		$this->checks     = $checks;
		$this->migration  = $migration;
	}

	public function is_paired(): bool {
		return $this->connection->is_paired();
	}

	/**
	 * @return array<string, array<string, mixed>>
	 */
	public function fields(): array {
		return Settings_Form::fields( $this->connection );
	}

	/**
	 * @throws \InvalidArgumentException With a message for the shop owner.
	 */
	public function pair( string $code ): void {
		$this->pairing->pair( $code );
	}

	/** What another gateway, shop or space would have others of. */
	public function place(): string {
		return implode( ' ', array( $this->connection->gateway_url(), $this->connection->shop_id(), Settings::get( 'test' ) ) );
	}

	/**
	 * @param string $before Where payments went before these settings.
	 * @return string[] What the owner must know.
	 */
	public function on_saved( string $before ): array {
		$is_new = $this->place() !== $before;
		if ( $is_new ) {
			$this->methods->forget();
		}
		if ( ! $this->is_paired() ) {
			return array();
		}
		return array_merge( $is_new ? $this->checks->problems() : array(), Settings::offers_each() ? $this->list_methods() : array() );
	}

	/** Below the form. */
	public function check_list(): string {
		$list = $this->is_paired() ? $this->checks->html() . $this->migration->html() : $this->checks->html_before_pairing( Settings::get( 'gateway' ) );
		return '<h3>' . esc_html__( 'Connection', 'checkout-plugins-for-postfinance' ) . '</h3>' . $list;
	}

	/**
	 * @return string[]
	 */
	private function list_methods(): array {
		try {
			$this->methods->refresh( Method_List::language() );
			return array();
		} catch ( Gateway_Exception $e ) {
			/* translators: %s: what went wrong. */
			return array( sprintf( __( 'The means of payment could not be listed, so one entry is offered for all of them until they are: %s', 'checkout-plugins-for-postfinance' ), $e->getMessage() ) );
		}
	}
}
