<?php
/**
 * How this shop and its gateway come to know each other.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Exchanges a one-time code for a secret that never goes over the wire. What this shop brings to it is written down first,
 * so that an exchange whose answer was lost is taken up again by pasting the same code.
 */
class Pairing {

	const NONCE = 'checkout_plugins_postfinance_nonce';

	/** @var Connection */
	private $connection;

	public function __construct( Connection $connection ) {
		$this->connection = $connection;
	}

	/**
	 * @throws \InvalidArgumentException With a message for the shop owner.
	 */
	public function pair( string $text ): void {
		if ( ! Pairing_Code::is_once( $text ) ) {
			$this->connection->keep( Pairing_Code::parse_fixed( $text ) );
			return;
		}
		$code   = Pairing_Code::parse_once( $text );
		$nonce  = $this->nonce( $code['id'] );
		$answer = $this->exchange( $code, $nonce );
		$this->connection->replace(
			array(
				'gateway' => $code['gateway'],
				'shop'    => $answer['shop'],
				'secret'  => self::to_secret( $code['key'], $nonce, $answer['nonce'] ),
			)
		);
		delete_option( self::NONCE );
	}

	/** As packages/shop-protocol says under "Other languages". */
	public static function to_secret( string $key, string $ours, string $theirs ): string {
		$bytes = (string) base64_decode( substr( $key, strlen( 'whsec_' ) ), true ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode
		return 'whsec_' . base64_encode( hash_hmac( 'sha256', "checkout-plugins pairing\n$ours\n$theirs", $bytes, true ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode
	}

	/** What is posted, to the byte. */
	public static function to_body( string $code, string $nonce, string $site_url ): string {
		return (string) wp_json_encode(
			array(
				'kind'     => 'pair',
				'code'     => $code,
				'nonce'    => $nonce,
				'settings' => array( 'siteUrl' => $site_url ),
			),
			JSON_UNESCAPED_SLASHES
		);
	}

	/**
	 * @param array{gateway: string, platform: string, id: string, key: string} $code
	 * @return array{shop: string, nonce: string}
	 */
	private function exchange( array $code, string $nonce ): array {
		$id     = Gateway_Client::create_id();
		$body   = self::to_body( $code['id'], $nonce, untrailingslashit( home_url() ) );
		$answer = wp_remote_post(
			"{$code['gateway']}/platforms/{$code['platform']}/pair",
			array(
				'body'        => $body,
				'headers'     => Signature::sign( $id, time(), $body, array( $code['key'] ) ) + array( 'content-type' => 'application/json' ),
				'timeout'     => Gateway_Client::PATIENT,
				'redirection' => 0,
			)
		);
		if ( is_wp_error( $answer ) ) {
			/* translators: %s: what went wrong. */
			throw self::fault( sprintf( __( 'The gateway gave no answer: %s Paste the same code again.', 'checkout-plugins-for-postfinance' ), $answer->get_error_message() ) );
		}
		$text = (string) wp_remote_retrieve_body( $answer );
		$read = json_decode( $text, true );
		if ( 200 !== wp_remote_retrieve_response_code( $answer ) ) {
			$reason = is_string( $read['error']['message'] ?? null ) ? $read['error']['message'] : (string) wp_remote_retrieve_response_code( $answer );
			/* translators: %s: reason. */
			throw self::fault( sprintf( __( 'The gateway did not pair this shop: %s', 'checkout-plugins-for-postfinance' ), $reason ) );
		}
		$this->check( $answer, $text, $code['key'], $id );
		if ( ! is_string( $read['shop'] ?? null ) || ! preg_match( '/^[A-Za-z0-9_-]{1,100}$/D', $read['shop'] ) || ! is_string( $read['nonce'] ?? null ) || ! preg_match( '#^[A-Za-z0-9+/]{43}=$#D', $read['nonce'] ) ) {
			throw self::fault( __( 'The gateway answered what this version of the plugin does not know. Update the plugin.', 'checkout-plugins-for-postfinance' ) );
		}
		return $read;
	}

	/**
	 * @param array<string, mixed> $answer
	 */
	private function check( array $answer, string $body, string $key, string $id ): void {
		$headers = array();
		foreach ( array( 'webhook-id', 'webhook-timestamp', 'webhook-signature' ) as $name ) {
			$headers[ $name ] = (string) wp_remote_retrieve_header( $answer, $name );
		}
		$verified = Signature::verify( $headers, $body, array( $key ), time() );
		if ( ! $verified['verified'] || $id !== $verified['id'] ) {
			/* translators: %s: reason. */
			throw self::fault( sprintf( __( 'The answer is not the gateway\'s: another machine stands between, or a clock is wrong. %s', 'checkout-plugins-for-postfinance' ), (string) ( $verified['message'] ?? '' ) ) );
		}
	}

	/** Of this code, and the same for as long as it is not paired. */
	private function nonce( string $code ): string {
		$kept = get_option( self::NONCE, array() );
		if ( ! is_array( $kept ) || ( $kept['code'] ?? '' ) !== $code ) {
			$kept = array(
				'code'  => $code,
				'nonce' => base64_encode( random_bytes( 32 ) ), // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode
			);
			update_option( self::NONCE, $kept, false );
		}
		return $kept['nonce'];
	}

	private static function fault( string $message ): \InvalidArgumentException {
		return new \InvalidArgumentException( $message );
	}
}
