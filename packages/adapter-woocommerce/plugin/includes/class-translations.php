<?php
/**
 * Languages.
 *
 * @package CheckoutPlugins\PostFinance
 */

declare( strict_types=1 );

namespace CheckoutPlugins\PostFinance;

defined( 'ABSPATH' ) || exit;

/**
 * German, French and Italian come with the plugin, once each: a shop in de_CH, de_AT or de_DE_formal reads the same texts.
 */
final class Translations {

	const DOMAIN = 'checkout-plugins-for-postfinance';

	const LANGUAGES = array(
		'de' => 'de_DE',
		'fr' => 'fr_FR',
		'it' => 'it_IT',
	);

	public function register(): void {
		add_filter( 'load_textdomain_mofile', array( $this, 'filter_file' ), 10, 2 );
		add_action( 'init', array( $this, 'load' ), 0 );
	}

	public function load(): void {
		load_plugin_textdomain( self::DOMAIN, false, dirname( plugin_basename( PLUGIN_FILE ) ) . '/languages' );
	}

	/**
	 * @param string $file
	 * @param string $domain
	 * @return string
	 */
	public function filter_file( $file, $domain ) {
		if ( self::DOMAIN !== $domain || is_readable( $file ) || ! preg_match( '/-(de|fr|it)_[A-Za-z_]+\.mo$/D', $file, $matches ) ) {
			return $file;
		}
		$own = dirname( PLUGIN_FILE ) . '/languages/' . self::DOMAIN . '-' . self::LANGUAGES[ $matches[1] ] . '.mo';
		return is_readable( $own ) ? $own : $file;
	}
}
