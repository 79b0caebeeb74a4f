<?php
/**
 * The order is locked.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Somebody else held an order's lock for as long as we waited: come again.
 */
final class Busy_Exception extends \RuntimeException {
}
