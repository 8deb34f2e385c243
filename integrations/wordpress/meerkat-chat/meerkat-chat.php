<?php
/**
 * Plugin Name:       Meerkat Chat
 * Description:       Chat rooms, a chat box on every page and presence badges, by your own Meerkat chat server. People who are signed in here chat as themselves.
 * Version:           0.1.0
 * Requires at least: 6.0
 * Requires PHP:      7.4
 * Author:            The Meerkat project
 * License:           MIT
 * License URI:       https://opensource.org/license/mit
 * Text Domain:       meerkat-chat
 * Domain Path:       /languages
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

const VERSION = '0.1.0';
const FILE    = __FILE__;

spl_autoload_register(
	static function ( $name ) {
		if ( 0 === strpos( $name, __NAMESPACE__ . '\\' ) ) {
			$file = __DIR__ . '/src/' . substr( $name, strlen( __NAMESPACE__ ) + 1 ) . '.php';
			if ( is_file( $file ) ) {
				require $file;
			}
		}
	}
);

Plugin::start();
