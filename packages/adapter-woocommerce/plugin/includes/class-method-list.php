<?php
/**
 * The means of payment that the space has set up.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Kept here, in each language of the shop, and asked for again at most once an hour, in the background: no page waits
 * for it.
 */
class Method_List {

	const OPTION = 'checkout_plugins_postfinance_methods';

	const HOOK = 'checkout_plugins_postfinance_list_methods';

	/** @var Gateway_Client */
	private $client;

	public function __construct( Gateway_Client $client ) {
		$this->client = $client;
	}

	public function register(): void {
		add_action( self::HOOK, array( $this, 'refresh_quietly' ), 10, 1 );
	}

	/**
	 * In the language of this request, or in another as long as that one is not known; empty when nothing is known.
	 *
	 * @return array<int, array{id: string, name: string, description: string|null, image: string|null, currencies: string[]}>
	 */
	public function all(): array {
		$language = self::language();
		$kept     = self::kept();
		$own      = $kept[ $language ] ?? array();
		if ( time() - (int) ( $own['asked'] ?? 0 ) >= HOUR_IN_SECONDS ) {
			$this->ask_soon( $language );
		}
		$lists = array_column( $kept, 'methods' );
		return $own['methods'] ?? ( $lists[0] ?? array() );
	}

	/**
	 * Asks now.
	 *
	 * @throws Gateway_Exception When there is no answer; what was known stays.
	 */
	public function refresh( string $language ): void {
		$result = $this->client->run(
			array(
				'kind'        => 'methods',
				'reference'   => 'methods',
				'integration' => 'page',
				'order'       => null,
				'language'    => $language,
				'test'        => Settings::is_test(),
				'explain'     => false,
			),
			Gateway_Client::create_id()
		);
		if ( 'successful' === $result['kind'] ) {
			$this->keep( $language, array( 'methods' => array_values( array_filter( (array) $result['answer']['offered'], array( self::class, 'is_method' ) ) ) ) );
		}
	}

	/**
	 * @param string $language
	 */
	public function refresh_quietly( $language ): void {
		try {
			$this->refresh( (string) $language );
		} catch ( Gateway_Exception $e ) {
			return; // The client has logged it; it is asked again in an hour.
		}
	}

	/** The gateway says that they changed: the next page has them asked for. */
	public static function expire(): void {
		$kept = self::kept();
		foreach ( array_keys( $kept ) as $language ) {
			$kept[ $language ]['asked'] = 0;
		}
		update_option( self::OPTION, $kept, false );
	}

	/** Another gateway or another space has others. */
	public function forget(): void {
		delete_option( self::OPTION );
	}

	/** The tag of the language of this request: a shop in several languages switches it itself. */
	public static function language(): string {
		return Text::language( determine_locale() );
	}

	/**
	 * @param array{image?: string|null} $method
	 */
	public static function picture( array $method ): string {
		return empty( $method['image'] ) ? '' : '<img class="checkout-plugins-picture" src="' . esc_url( $method['image'] ) . '" alt="" height="24">';
	}

	/** The hour begins when it was asked, so that a gateway that is down is not asked at every page. */
	private function ask_soon( string $language ): void {
		$this->keep( $language, array() );
		WC()->queue()->schedule_single( time(), self::HOOK, array( $language ), Settings::ID );
	}

	/**
	 * @param array<string, mixed> $changes
	 */
	private function keep( string $language, array $changes ): void {
		$kept              = self::kept();
		$kept[ $language ] = $changes + array( 'asked' => time() ) + ( $kept[ $language ] ?? array() );
		update_option( self::OPTION, $kept, false );
	}

	/**
	 * @return array<string, array<string, mixed>> By language.
	 */
	private static function kept(): array {
		$kept = get_option( self::OPTION, array() );
		return is_array( $kept ) ? $kept : array();
	}

	/**
	 * @param mixed $method
	 */
	private static function is_method( $method ): bool {
		return is_array( $method ) && preg_match( '/^[0-9]{1,19}$/D', (string) ( $method['id'] ?? '' ) ) && is_string( $method['name'] ?? null );
	}
}
