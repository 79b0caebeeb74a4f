<?php
/**
 * Sends commands to the gateway.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Each command is one signed POST; its id is its key, so that a repeat has no second effect.
 */
class Gateway_Client {

	/** Seconds, for questions a page waits for and that can be asked again. */
	const QUICK = 3;

	/** Seconds, for everything behind which the gateway talks to the service. */
	const PATIENT = 20;

	/** @var Connection */
	private $connection;

	/** @var Log */
	private $log;

	public function __construct( Connection $connection, Log $log ) {
		$this->connection = $connection;
		$this->log        = $log;
	}

	/** A new id for a command. */
	public static function create_id(): string {
		return wp_generate_uuid4();
	}

	/**
	 * What the gateway answers: `kind` is successful, pending or failed.
	 *
	 * @param array<string, mixed> $command
	 * @return array<string, mixed>
	 * @throws Gateway_Exception When there is no result.
	 */
	public function run( array $command, string $id ): array {
		$started = microtime( true );
		try {
			$result = $this->send( $command, $id );
			$this->log->debug( 'command', $this->to_fields( $command, $started ) + array( 'result' => $result['kind'] ) );
			return $result;
		} catch ( Gateway_Exception $e ) {
			$this->log->error( $e->getMessage(), $this->to_fields( $command, $started ) + array( 'result' => $e->kind() ) );
			throw $e;
		}
	}

	/**
	 * @param array<string, mixed> $command
	 * @return array<string, mixed>
	 */
	private function send( array $command, string $id ): array {
		if ( ! $this->connection->is_paired() ) {
			throw new Gateway_Exception( 'refused', __( 'This shop is not paired with a gateway yet. Paste the pairing code into the settings of this payment method.', 'checkout-plugins-for-postfinance' ) );
		}
		$body = wp_json_encode( $command, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE );
		$url  = $this->connection->gateway_url() . '/shops/' . $this->connection->shop_id() . '/commands';
		add_action( 'http_api_curl', array( $this, 'limit_connecting' ), 10, 3 );
		try {
			$answer = wp_remote_post(
				$url,
				array(
					'body'        => $body,
					'headers'     => Signature::sign( $id, time(), (string) $body, $this->connection->secrets() ) + array( 'content-type' => 'application/json' ),
					'timeout'     => in_array( $command['kind'], array( 'return', 'methods', 'stored' ), true ) ? self::QUICK : self::PATIENT,
					'redirection' => 0,
				)
			);
		} finally {
			remove_action( 'http_api_curl', array( $this, 'limit_connecting' ), 10 );
		}
		return $this->read( $answer );
	}

	/**
	 * A gateway that is down is noticed after three seconds, also where its answer may take longer.
	 *
	 * @param resource|\CurlHandle $handle
	 * @param array<string, mixed> $parsed_args
	 */
	public function limit_connecting( $handle, array $parsed_args, string $url ): void {
		if ( 0 === strpos( $url, $this->connection->gateway_url() ) ) {
			curl_setopt( $handle, CURLOPT_CONNECTTIMEOUT, self::QUICK ); // phpcs:ignore WordPress.WP.AlternativeFunctions.curl_curl_setopt
		}
	}

	/**
	 * @param array<string, mixed>|\WP_Error $answer
	 * @return array<string, mixed>
	 */
	private function read( $answer ): array {
		if ( is_wp_error( $answer ) ) {
			throw $this->to_connection_fault( $answer->get_error_message() );
		}
		$status = (int) wp_remote_retrieve_response_code( $answer );
		$body   = json_decode( (string) wp_remote_retrieve_body( $answer ), true );
		if ( 200 === $status && is_array( $body ) && in_array( $body['kind'] ?? null, array( 'successful', 'pending', 'failed' ), true ) ) {
			$this->check_payment( $body );
			return $body;
		}
		$fault = is_array( $body ) && is_array( $body['error'] ?? null ) ? $body['error'] : null;
		if ( null === $fault ) {
			$kind = $status >= 500 || 200 === $status ? 'unavailable' : 'refused';
			throw new Gateway_Exception( $kind, "The answer ($status) is not the gateway's. Is its address right, or does something stand before it?" );
		}
		throw new Gateway_Exception(
			empty( $fault['retryable'] ) ? 'refused' : 'unavailable',
			(string) ( $fault['message'] ?? 'The gateway gave no reason.' ),
			is_string( $fault['publicMessage'] ?? null ) ? $fault['publicMessage'] : null
		);
	}

	/**
	 * @param array<string, mixed> $result
	 */
	private function check_payment( array $result ): void {
		if ( ! isset( $result['payment'] ) ) {
			return;
		}
		try {
			Payment_Message::parse_payment( $result['payment'] );
		} catch ( \InvalidArgumentException $e ) {
			throw new Gateway_Exception( 'unavailable', 'The gateway answered what this version of the plugin does not know. Update the plugin. ' . $e->getMessage() );
		}
	}

	/** cURL's numbers after which no byte of the request was sent: name, connection, certificate. */
	private function to_connection_fault( string $message ): Gateway_Exception {
		$was_sent = ! preg_match( '/^cURL error (5|6|7|35|60|77|83):/', $message );
		return new Gateway_Exception( $was_sent ? 'cut' : 'unreachable', 'The gateway at ' . $this->connection->gateway_url() . " gave no answer: $message" );
	}

	/**
	 * @param array<string, mixed> $command
	 * @return array<string, scalar>
	 */
	private function to_fields( array $command, float $started ): array {
		return array(
			'kind'         => $command['kind'],
			'reference'    => (string) ( $command['reference'] ?? '' ),
			'milliseconds' => (int) round( ( microtime( true ) - $started ) * 1000 ),
		);
	}
}
