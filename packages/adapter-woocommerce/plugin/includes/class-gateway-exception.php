<?php
/**
 * Why the gateway gave no result.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * The message says what is wrong and what to do; it holds no secret and no buyer's data.
 */
final class Gateway_Exception extends \RuntimeException {

	/**
	 * - `unreachable`: no connection was made; nothing happened.
	 * - `cut`: no whole answer; it may have happened. Repeat with the same id.
	 * - `unavailable`: the gateway, or the service behind it, cannot answer now. It may have happened.
	 * - `refused`: the gateway says no; repeating does not help. Nothing happened.
	 *
	 * @var string
	 */
	private $kind;

	/** @var string|null */
	private $public_message;

	public function __construct( string $kind, string $message, ?string $public_message = null ) {
		parent::__construct( $message );
		$this->kind           = $kind;
		$this->public_message = $public_message;
	}

	public function kind(): string {
		return $this->kind;
	}

	public function may_have_happened(): bool {
		return 'cut' === $this->kind || 'unavailable' === $this->kind;
	}

	/** For the buyer, in the language of the order, where the gateway gave one. */
	public function public_message(): ?string {
		return $this->public_message;
	}
}
