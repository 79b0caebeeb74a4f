<?php
/**
 * Commands that must not get lost.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * A command is written down with the order before it is sent, and struck out when its answer is shown. One that stays,
 * because the gateway was down, its answer was cut or this process was killed, is sent again with the same id, so that
 * it has its effect once.
 */
class Outbox {

	const HOOK = 'checkout_plugins_postfinance_send_again';

	/** Seconds until the first repeat, should we not live to see the answer. */
	const FIRST = 120;

	/** Seconds between later repeats at most. */
	const LONGEST = 3600;

	/** @var Gateway_Client */
	private $client;

	/** @var Order_Lock */
	private $lock;

	/** @var Payment_Shower */
	private $shower;

	public function __construct( Gateway_Client $client, Order_Lock $lock, Payment_Shower $shower ) {
		$this->client = $client;
		$this->lock   = $lock;
		$this->shower = $shower;
	}

	public function register(): void {
		add_action( self::HOOK, array( $this, 'send_again' ), 10, 1 );
	}

	/**
	 * Sends now.
	 *
	 * @param array<string, mixed> $command
	 * @param bool                 $is_kept_when_unreachable Whether it waits for a gateway that is down, or fails at once.
	 * @return array{kind: string, message: string, public: string} `kind` is successful, pending or failed; `message` is for the merchant, `public` for the buyer, if any.
	 */
	public function send( int $order_id, array $command, bool $is_kept_when_unreachable ): array {
		$id = Gateway_Client::create_id();
		try {
			$this->add( $order_id, $id, $command );
		} catch ( Busy_Exception $e ) {
			return self::answer( 'failed', $e->getMessage() );
		}
		try {
			return $this->try_once( $order_id, $id, $command, $is_kept_when_unreachable );
		} catch ( Busy_Exception $e ) {
			return self::answer( 'pending', $e->getMessage() ); // It stays, and is asked again.
		}
	}

	/**
	 * Sends soon, in a process of its own: for the time while the gateway itself waits for us.
	 *
	 * @param array<string, mixed> $command
	 */
	public function send_soon( int $order_id, array $command ): void {
		$this->add( $order_id, Gateway_Client::create_id(), $command, 1 );
	}

	/**
	 * @param int|string $order_id
	 */
	public function send_again( $order_id ): void {
		$order_id = (int) $order_id;
		$order    = Order_Record::fresh( $order_id );
		if ( null === $order ) {
			return;
		}
		foreach ( self::entries( $order ) as $id => $entry ) {
			$this->try_once( $order_id, (string) $id, $entry['command'], true );
		}
		$this->schedule_again( $order_id );
	}

	/**
	 * What waits, by id.
	 *
	 * @return array<string, array{command: array<string, mixed>, tries: int}>
	 */
	public static function entries( \WC_Order $order ): array {
		$entries = json_decode( (string) $order->get_meta( Order_Record::OUTBOX ), true );
		return is_array( $entries ) ? $entries : array();
	}

	/**
	 * @param array<string, mixed> $command
	 * @return array{kind: string, message: string, public: string}
	 */
	private function try_once( int $order_id, string $id, array $command, bool $is_kept_when_unreachable ): array {
		try {
			$result = $this->client->run( $command, $id );
		} catch ( Gateway_Exception $e ) {
			$is_kept = $e->may_have_happened() || ( $is_kept_when_unreachable && 'unreachable' === $e->kind() );
			$this->change( $order_id, $id, $is_kept );
			return $this->tell( $order_id, $command, self::answer( $is_kept ? 'pending' : 'failed', $e->getMessage(), (string) $e->public_message() ) );
		}
		if ( isset( $result['payment'] ) ) {
			$this->shower->show( $result['payment'] );
		}
		$this->change( $order_id, $id, false );
		$failure = $result['failure'] ?? array();
		return $this->tell( $order_id, $command, self::answer( (string) $result['kind'], (string) ( $failure['merchantMessage'] ?? '' ), (string) ( $failure['publicMessage'] ?? '' ) ) );
	}

	/**
	 * Whoever asked may be gone when the answer comes.
	 *
	 * @param array<string, mixed>                                 $command
	 * @param array{kind: string, message: string, public: string} $answer
	 * @return array{kind: string, message: string, public: string}
	 */
	private function tell( int $order_id, array $command, array $answer ): array {
		do_action( 'checkout_plugins_postfinance_answered', $order_id, $command, $answer );
		return $answer;
	}

	/**
	 * @return array{kind: string, message: string, public: string}
	 */
	private static function answer( string $kind, string $message, string $for_buyer = '' ): array {
		return array(
			'kind'    => $kind,
			'message' => $message,
			'public'  => $for_buyer,
		);
	}

	/**
	 * @param array<string, mixed> $command
	 */
	private function add( int $order_id, string $id, array $command, int $after = self::FIRST ): void {
		$this->write(
			$order_id,
			static function ( array $entries ) use ( $id, $command ): array {
				$entries[ $id ] = array(
					'command' => $command,
					'tries'   => 0,
				);
				return $entries;
			}
		);
		$this->schedule( $order_id, $after );
	}

	private function change( int $order_id, string $id, bool $is_kept ): void {
		$this->write(
			$order_id,
			static function ( array $entries ) use ( $id, $is_kept ): array {
				if ( $is_kept && isset( $entries[ $id ] ) ) {
					++$entries[ $id ]['tries'];
				} else {
					unset( $entries[ $id ] );
				}
				return $entries;
			}
		);
	}

	/**
	 * @param callable(array<string, mixed>): array<string, mixed> $change
	 */
	private function write( int $order_id, callable $change ): void {
		$this->lock->hold(
			$order_id,
			static function () use ( $order_id, $change ): void {
				$order = Order_Record::fresh( $order_id );
				if ( null !== $order ) {
					$entries = $change( self::entries( $order ) );
					$order->update_meta_data( Order_Record::OUTBOX, array() === $entries ? '' : (string) wp_json_encode( $entries ) );
					$order->save_meta_data();
				}
			}
		);
	}

	private function schedule_again( int $order_id ): void {
		$order = Order_Record::fresh( $order_id );
		$tries = null === $order ? array() : array_column( self::entries( $order ), 'tries' );
		if ( array() !== $tries ) {
			$this->schedule( $order_id, (int) min( self::LONGEST, self::FIRST * pow( 2, min( 10, min( $tries ) ) ) ) );
		}
	}

	private function schedule( int $order_id, int $after ): void {
		WC()->queue()->schedule_single( time() + $after, self::HOOK, array( $order_id ), Settings::ID );
	}
}
