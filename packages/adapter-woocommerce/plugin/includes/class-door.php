<?php
/**
 * Where the gateway tells this shop what became of a payment.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * One address, POST: verifies the raw bytes, then parses, then shows.
 */
class Door {

	const SPACE = 'checkout-plugins/v1';
	const ROUTE = '/payments';

	/** Bytes. */
	const LIMIT = 1048576;

	/** @var Connection */
	private $connection;

	/** @var Message_Ids */
	private $ids;

	/** @var Payment_Shower */
	private $shower;

	/** @var Log */
	private $log;

	public function __construct( Connection $connection, Message_Ids $ids, Payment_Shower $shower, Log $log ) {
		$this->connection = $connection;
		$this->ids        = $ids;
		$this->shower     = $shower;
		$this->log        = $log;
	}

	public function register(): void {
		add_action( 'rest_api_init', array( $this, 'add_route' ) );
	}

	/** Works with every permalink setting. */
	public static function url(): string {
		return add_query_arg( 'rest_route', '/' . self::SPACE . self::ROUTE, home_url( '/' ) );
	}

	public function add_route(): void {
		register_rest_route(
			self::SPACE,
			self::ROUTE,
			array(
				'methods'             => 'POST',
				'callback'            => array( $this, 'open' ),
				// The gateway is no user of this site: its signature is checked over the raw bytes, before anything is read.
				'permission_callback' => '__return_true',
			)
		);
	}

	public function open( \WP_REST_Request $request ): \WP_REST_Response {
		$body = $request->get_body();
		if ( strlen( $body ) > self::LIMIT ) {
			return self::fault( 400, 'badRequest', 'The body is longer than ' . self::LIMIT . ' bytes; send less.' );
		}
		$now      = time();
		$verified = Signature::verify( self::headers( $request ), $body, $this->connection->secrets(), $now );
		if ( ! $verified['verified'] ) {
			$this->log->error( 'door: ' . $verified['message'] );
			return self::fault( 401, 'badSignature', $this->connection->is_paired() ? $verified['message'] : 'This shop is not paired yet.' );
		}
		if ( ! $this->ids->note( $verified['id'], $verified['timestamp'] + Signature::TOLERANCE, $now ) ) {
			return self::fault( 401, 'badSignature', "The message {$verified['id']} was received before; give each its own id." );
		}
		$this->connection->note_heard( $now );
		if ( 'methodsChanged' === ( json_decode( $body, true )['kind'] ?? null ) ) {
			Method_List::expire();
			return new \WP_REST_Response( array( 'kind' => 'noted' ), 200 );
		}
		return $this->show( $body );
	}

	private function show( string $body ): \WP_REST_Response {
		try {
			$shown = $this->shower->show( Payment_Message::parse( json_decode( $body, true ) ) );
		} catch ( \InvalidArgumentException $e ) {
			$this->log->error( 'door: ' . $e->getMessage() );
			return self::fault( 400, 'badRequest', 'The message is not valid. ' . $e->getMessage() );
		} catch ( Busy_Exception $e ) {
			$answer = self::fault( 503, 'busy', $e->getMessage() );
			$answer->header( 'Retry-After', '5' );
			return $answer;
		}
		$this->log->debug( 'shown', array( 'kind' => $shown['kind'] ) );
		return new \WP_REST_Response( $shown, 200 );
	}

	/**
	 * @return array<string, string|null>
	 */
	private static function headers( \WP_REST_Request $request ): array {
		return array(
			'webhook-id'        => $request->get_header( 'webhook_id' ),
			'webhook-timestamp' => $request->get_header( 'webhook_timestamp' ),
			'webhook-signature' => $request->get_header( 'webhook_signature' ),
		);
	}

	private static function fault( int $status, string $code, string $message ): \WP_REST_Response {
		return new \WP_REST_Response(
			array(
				'error' => array(
					'code'          => $code,
					'message'       => $message,
					'publicMessage' => '',
					'retryable'     => $status >= 500,
				),
			),
			$status
		);
	}
}
