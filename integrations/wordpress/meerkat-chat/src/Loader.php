<?php
/**
 * The script of the elements.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Has a page that shows a chat, and no other, load the script of the configured server: as a module, nothing inline. */
final class Loader {

	/** The name of script and style. */
	const HANDLE = 'meerkat-chat';

	/** Hooks it in. */
	public static function hook(): void {
		add_filter( 'script_loader_tag', array( self::class, 'as_module' ), 10, 2 );
		add_action( 'init', array( self::class, 'register_style' ) );
	}

	/** The style belongs to blocks too, which name it. */
	public static function register_style(): void {
		wp_register_style( self::HANDLE, plugins_url( 'assets/chat.css', FILE ), array(), VERSION );
	}

	/** This page has a chat. */
	public static function need(): void {
		$server = Options::server();
		if ( '' === $server ) {
			return;
		}
		wp_enqueue_style( self::HANDLE );
		$script = $server . '/embed.js';
		// Without a version: the server says itself how long its script may be kept.
		if ( function_exists( 'wp_enqueue_script_module' ) ) {
			wp_enqueue_script_module( self::HANDLE, $script, array(), null );
		} else {
			wp_enqueue_script( self::HANDLE, $script, array(), null, true ); // phpcs:ignore WordPress.WP.EnqueuedResourceParameters.MissingVersion
		}
	}

	/**
	 * Before WordPress 6.5 there are no modules.
	 *
	 * @param string $tag    of a script.
	 * @param string $handle its name.
	 */
	public static function as_module( string $tag, string $handle ): string {
		if ( self::HANDLE !== $handle ) {
			return $tag;
		}
		$tag = (string) preg_replace( '/ type=([\'"])text\/javascript\1/', '', $tag );
		return (string) preg_replace( '/^<script\b(?![^>]* type=)/', '<script type="module"', $tag );
	}
}
