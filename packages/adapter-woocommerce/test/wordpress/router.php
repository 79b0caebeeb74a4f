<?php
/** For php -S: files and scripts as they are, all else through WordPress. */
$path = dirname( __DIR__ ) . '/wordpress' . parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH );
if ( is_file( $path ) ) {
	return false;
}
error_reporting( E_ALL & ~E_DEPRECATED & ~E_USER_DEPRECATED & ~E_NOTICE );
require dirname( __DIR__ ) . '/wordpress/index.php';
