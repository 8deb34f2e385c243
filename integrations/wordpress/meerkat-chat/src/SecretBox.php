<?php
/**
 * The shared secret on the settings page, and what the chat server is to be told.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Has secrets made, and shows the settings of the chat server that fit those of this site. */
final class SecretBox {

	/** Stands for a secret that is not shown. */
	const HIDDEN = 'SECRET';

	/** Writes it. */
	public static function show(): void {
		$shown = SecretAction::shown();
		echo '<h2 id="meerkat-chat-secret">' . esc_html__( 'Shared secret', 'meerkat-chat' ) . '</h2>';
		if ( '' !== $shown ) {
			echo '<div class="notice notice-success inline"><p>' . esc_html__( 'This is the new secret. Copy it now: it is not shown again.', 'meerkat-chat' ) . '</p><p><code class="meerkat-chat-secret">' . esc_html( $shown ) . '</code></p></div>';
		} else {
			echo '<p>' . esc_html( self::state() ) . '</p>';
		}
		if ( ! Secret::is_constant() ) {
			self::button();
		}
		echo '<h2>' . esc_html__( 'What to tell the chat server', 'meerkat-chat' ) . '</h2>';
		echo '<p>' . esc_html__( 'As its environment, after saving; the same names with dots are its settings in a file.', 'meerkat-chat' ) . '</p>';
		$lines = self::lines( '' === $shown ? self::HIDDEN : $shown );
		printf(
			'<textarea class="large-text code" rows="%1$d" readonly aria-label="%2$s">%3$s</textarea>',
			count( $lines ) + 1,
			esc_attr__( 'What to tell the chat server', 'meerkat-chat' ),
			esc_textarea( implode( "\n", $lines ) )
		);
	}

	/** Whether there is a secret. */
	private static function state(): string {
		if ( Secret::is_constant() ) {
			return '' === Secret::get()
				/* translators: %d: a number of characters. */
				? sprintf( __( 'MEERKAT_SECRET in wp-config.php is too short: it needs %d characters or more.', 'meerkat-chat' ), Token::SHORTEST_SECRET )
				: __( 'Set by MEERKAT_SECRET in wp-config.php.', 'meerkat-chat' );
		}
		return '' === Secret::get()
			? __( 'There is none yet. Make one, and tell the chat server.', 'meerkat-chat' )
			: __( 'There is one. It is not shown again; if it is lost or was seen by others, make another one.', 'meerkat-chat' );
	}

	/** The button that makes one. */
	private static function button(): void {
		$there = '' !== Secret::get();
		printf( '<form action="%s" method="post">', esc_url( admin_url( 'admin-post.php' ) ) );
		wp_nonce_field( SecretAction::NAME );
		printf(
			'<input type="hidden" name="action" value="%1$s"><p><button class="button%2$s">%3$s</button></p></form>',
			esc_attr( SecretAction::NAME ),
			esc_attr( $there ? '' : ' button-primary' ),
			esc_html( $there ? __( 'Make another secret', 'meerkat-chat' ) : __( 'Make a secret', 'meerkat-chat' ) )
		);
	}

	/**
	 * The environment of the chat server that fits.
	 *
	 * @param string $secret the secret, or what stands for it.
	 * @return string[]
	 */
	public static function lines( string $secret ): array {
		$json  = static function ( array $list ) {
			return "'" . wp_json_encode( $list, JSON_UNESCAPED_SLASHES ) . "'";
		};
		$lines = array( 'MEERKAT_ORIGINS=' . $json( Origins::own() ) );
		if ( 'cookie' === Options::get( 'signIn' ) ) {
			$lines[] = 'MEERKAT_AUTH__SITE_SESSION__COOKIES=' . $json( array( LOGGED_IN_COOKIE ) );
			$lines[] = "MEERKAT_AUTH__SITE_SESSION__URL='" . ServerRoutes::url( SessionRoute::PATH ) . "'";
			$lines[] = "MEERKAT_AUTH__SITE_SESSION__SECRET='$secret'";
		} else {
			$lines[] = 'MEERKAT_AUTH__TOKEN__SECRETS=' . $json( array( $secret ) );
		}
		if ( 'none' !== Options::get( 'passwords' ) ) {
			$lines[] = "MEERKAT_AUTH__SITE_PASSWORD__URL='" . ServerRoutes::url( PasswordRoute::PATH ) . "'";
			$lines[] = "MEERKAT_AUTH__SITE_PASSWORD__SECRET='$secret'";
		}
		if ( Options::get( 'pageRooms' ) ) {
			$lines[] = 'MEERKAT_MODULES__MUC__PAGES__ORIGINS=' . $json( Origins::own() );
		}
		if ( ! Options::get( 'guests' ) ) {
			$lines[] = 'MEERKAT_AUTH__GUESTS=false';
		}
		return $lines;
	}
}
