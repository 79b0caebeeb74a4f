<?php
/**
 * Ids of messages that were received.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Notes each id once, for as long as its signature is accepted. The database's unique index decides between two
 * processes, as for WordPress's own upgrade lock.
 */
class Message_Ids {

	const PREFIX = 'checkout_plugins_postfinance_msg_';

	/**
	 * @param int $until Seconds since 1970.
	 * @param int $now   Seconds since 1970.
	 * @return bool False when it was noted before.
	 */
	public function note( string $id, int $until, int $now ): bool {
		global $wpdb;
		$this->forget_old( $now );
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery
		$added = $wpdb->query(
			$wpdb->prepare(
				"INSERT IGNORE INTO {$wpdb->options} (option_name, option_value, autoload) VALUES (%s, %s, 'no')",
				self::PREFIX . md5( $id ),
				(string) $until
			)
		);
		return 1 === $added;
	}

	private function forget_old( int $now ): void {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery
		$wpdb->query(
			$wpdb->prepare(
				"DELETE FROM {$wpdb->options} WHERE option_name LIKE %s AND CAST(option_value AS UNSIGNED) < %d",
				$wpdb->esc_like( self::PREFIX ) . '%',
				$now
			)
		);
	}
}
