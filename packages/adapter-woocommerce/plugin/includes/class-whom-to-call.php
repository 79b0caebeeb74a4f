<?php
/**
 * The acquirer of a means of payment.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * Names those that PostFinance's own pages list for it, with their numbers. Data with the day they were read, shipped
 * beside the code; where they list none, nothing is said.
 */
final class Whom_To_Call {

	const FILE = 'data/whom-to-call.json';

	/**
	 * @param array<string, mixed> $payment
	 */
	public static function html( array $payment ): string {
		$advice = self::about( (string) ( $payment['method']['name'] ?? '' ) );
		if ( null === $advice ) {
			return '';
		}
		$rows = '';
		foreach ( $advice['partners'] as $partner ) {
			$rows .= '<li>' . esc_html( $partner['name'] ) . self::contacts( $partner['contacts'] ) . '</li>';
		}
		/* translators: %s: date. */
		$as_of = sprintf( __( 'As of %s.', 'checkout-plugins-for-postfinance' ), $advice['asOf'] );
		return '<details><summary>' . esc_html__( 'Whom to call about this payment', 'checkout-plugins-for-postfinance' ) . '</summary><p>' . esc_html( "{$advice['text']} $as_of" ) . "</p><ul>$rows</ul></details>";
	}

	/**
	 * @return array{text: string, asOf: string, partners: array<int, array<string, mixed>>}|null
	 */
	private static function about( string $name ): ?array {
		$data = self::data();
		foreach ( $data['methods'] ?? array() as $method ) {
			foreach ( $method['names'] as $known ) {
				if ( '' !== $name && false !== mb_stripos( $name, $known, 0, 'UTF-8' ) ) {
					$language = substr( determine_locale(), 0, 2 );
					return array(
						'text'     => $method['text'][ $language ] ?? $method['text']['en'],
						'asOf'     => $data['asOf'],
						'partners' => $method['partners'],
					);
				}
			}
		}
		return null;
	}

	/**
	 * @param array<int, array<string, string>> $contacts
	 */
	private static function contacts( array $contacts ): string {
		$html = '';
		foreach ( $contacts as $contact ) {
			foreach ( $contact as $kind => $value ) {
				$scheme = array(
					'phone' => 'tel:',
					'email' => 'mailto:',
					'url'   => '',
				);
				$html  .= isset( $scheme[ $kind ] ) ? ' <a href="' . esc_url( $scheme[ $kind ] . ( 'phone' === $kind ? str_replace( ' ', '', $value ) : $value ) ) . '">' . esc_html( $value ) . '</a>' : '';
			}
		}
		return $html;
	}

	/**
	 * @return array<string, mixed>
	 */
	private static function data(): array {
		$file = dirname( PLUGIN_FILE ) . '/' . self::FILE;
		$data = is_readable( $file ) ? json_decode( (string) file_get_contents( $file ), true ) : null; // phpcs:ignore WordPress.WP.AlternativeFunctions.file_get_contents_file_get_contents -- a file of ours.
		return is_array( $data ) ? $data : array();
	}
}
