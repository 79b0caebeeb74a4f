<?php
/**
 * Does each direction work, and if not, why?
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * What the settings, Site Health and WP-CLI show. An empty answer is good; else it says what to mend.
 */
class Check_List {

	/** @var Connection */
	private $connection;

	/** @var Gateway_Client */
	private $client;

	public function __construct( Connection $connection, Gateway_Client $client ) {
		$this->connection = $connection;
		$this->client     = $client;
	}

	/**
	 * What stands between the shop and its gateway, in either direction.
	 *
	 * @return string[]
	 */
	public function problems(): array {
		return array_values( array_filter( array( $this->problem_with_sending(), $this->problem_with_hearing() ) ) );
	}

	/** For the page of the settings. */
	public function html(): string {
		$sending = $this->problem_with_sending();
		$hearing = $this->problem_with_hearing();
		$rows    = self::row( null === $sending, $sending ?? __( 'Shop to gateway: works. Address, name, secret and clock are right.', 'checkout-plugins-for-postfinance' ) );
		$rows   .= self::row( null === $hearing, $hearing ?? __( 'Gateway to shop: nothing stands before this shop\'s door.', 'checkout-plugins-for-postfinance' ) );
		$rows   .= self::row( $this->connection->last_heard() > 0, $this->heard() );
		return "<ul>$rows</ul>";
	}

	/** What can be known before there is a secret, and the way to one. */
	public function html_before_pairing( string $gateway ): string {
		$hearing = $this->problem_with_hearing();
		$rows    = '';
		if ( '' !== $gateway ) {
			$reaching = self::problem_with_reaching( $gateway );
			$rows    .= self::row( null === $reaching, $reaching ?? __( 'Shop to gateway: it answers at this address. The shop is not paired with it yet.', 'checkout-plugins-for-postfinance' ) );
		}
		$rows .= self::row( null === $hearing, $hearing ?? __( 'Gateway to shop: nothing stands before this shop\'s door.', 'checkout-plugins-for-postfinance' ) );
		$steps = array(
			__( 'Open the gateway\'s console, sign in, and add this shop there with the platform WooCommerce.', 'checkout-plugins-for-postfinance' ),
			__( 'Press "Make a pairing code" there, and copy the code.', 'checkout-plugins-for-postfinance' ),
			__( 'Come back to this page, paste it into "Pairing code", and save.', 'checkout-plugins-for-postfinance' ),
		);
		$html  = "<ul>$rows</ul>";
		if ( '' !== $gateway ) {
			$html .= '<p><a class="button button-primary" target="_blank" rel="noopener noreferrer" href="' . esc_url( "$gateway/manage/shops/new" ) . '">' . esc_html__( 'Connect: open the gateway\'s console', 'checkout-plugins-for-postfinance' ) . '</a></p>';
		}
		return "$html<ol><li>" . implode( '</li><li>', array_map( 'esc_html', $steps ) ) . '</li></ol>';
	}

	/** Is it a gateway that answers there? */
	public static function problem_with_reaching( string $gateway ): ?string {
		$answer = wp_remote_get( "$gateway/healthz", array( 'timeout' => 5, 'redirection' => 0 ) ); // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing
		if ( is_wp_error( $answer ) ) {
			/* translators: 1: address, 2: what went wrong. */
			return sprintf( __( 'Shop to gateway: nothing answers at %1$s (%2$s). Is the address right, and may this server call it?', 'checkout-plugins-for-postfinance' ), $gateway, $answer->get_error_message() );
		}
		$body = json_decode( (string) wp_remote_retrieve_body( $answer ), true );
		if ( 200 === (int) wp_remote_retrieve_response_code( $answer ) && 'alive' === ( $body['status'] ?? '' ) ) {
			return null;
		}
		/* translators: 1: address, 2: HTTP status. */
		return sprintf( __( 'Shop to gateway: something else answers at %1$s (%2$s). Copy the address of the gateway\'s console.', 'checkout-plugins-for-postfinance' ), $gateway, (string) wp_remote_retrieve_response_code( $answer ) );
	}

	/** A question about a payment that does not exist: any answer shows that address, name, secret and clock are right. */
	public function problem_with_sending(): ?string {
		try {
			$this->client->run(
				array(
					'kind'      => 'return',
					'reference' => 'connection-check',
				),
				Gateway_Client::create_id()
			);
			return null;
		} catch ( Gateway_Exception $e ) {
			/* translators: %s: what went wrong. */
			return sprintf( __( 'Shop to gateway: %s', 'checkout-plugins-for-postfinance' ), $e->getMessage() );
		}
	}

	/** Our own door must refuse an unsigned message in our own words; else something stands before it. */
	public function problem_with_hearing(): ?string {
		$where  = Door::url();
		$answer = wp_remote_post( $where, array( 'timeout' => 5, 'body' => '{}', 'redirection' => 0 ) ); // phpcs:ignore WordPress.Arrays.ArrayDeclarationSpacing
		if ( is_wp_error( $answer ) ) {
			/* translators: 1: address, 2: what went wrong. */
			$text = __( 'Gateway to shop: this server cannot reach itself at %1$s (%2$s), so it cannot be told from here. Many hosts block that; it is no harm if the gateway has called.', 'checkout-plugins-for-postfinance' );
			return sprintf( $text, $where, $answer->get_error_message() );
		}
		$body   = json_decode( (string) wp_remote_retrieve_body( $answer ), true );
		$status = (int) wp_remote_retrieve_response_code( $answer );
		if ( 401 === $status && 'badSignature' === ( $body['error']['code'] ?? '' ) ) {
			return null;
		}
		/* translators: 1: address, 2: HTTP status, 3: reason. */
		return sprintf( __( 'Gateway to shop: %1$s is answered by something else (%2$s). %3$s', 'checkout-plugins-for-postfinance' ), $where, (string) $status, self::reason( $status, (string) wp_remote_retrieve_header( $answer, 'location' ) ) );
	}

	public function heard(): string {
		$last = $this->connection->last_heard();
		/* translators: %s: a time span, such as "5 minutes". */
		return 0 === $last ? __( 'The gateway has not called this shop yet.', 'checkout-plugins-for-postfinance' ) : sprintf( __( 'The gateway called this shop %s ago.', 'checkout-plugins-for-postfinance' ), human_time_diff( $last ) );
	}

	private static function reason( int $status, string $location ): string {
		if ( 401 === $status ) {
			return __( 'A password stands before the shop. Let this address pass without it.', 'checkout-plugins-for-postfinance' );
		}
		if ( 403 === $status ) {
			return __( 'A firewall or security plugin refuses it. Allow this address, or WordPress\'s REST interface.', 'checkout-plugins-for-postfinance' );
		}
		if ( 404 === $status ) {
			return __( 'WordPress\'s REST interface is switched off, or another site answers. Switch it on for this address.', 'checkout-plugins-for-postfinance' );
		}
		if ( $status >= 300 && $status < 400 ) {
			/* translators: %s: address. */
			return sprintf( __( 'It leads on to %s. Set both addresses under Settings > General to the one that answers itself (https, with or without www), and pair again.', 'checkout-plugins-for-postfinance' ), $location );
		}
		if ( 503 === $status ) {
			return __( 'The shop is in maintenance; it is told everything afterwards.', 'checkout-plugins-for-postfinance' );
		}
		return __( 'A security plugin, a page cache or a page "coming soon" may stand before it.', 'checkout-plugins-for-postfinance' );
	}

	private static function row( bool $is_good, string $text ): string {
		return '<li>' . ( $is_good ? '✓ ' : '✗ ' ) . esc_html( $text ) . '</li>';
	}
}
