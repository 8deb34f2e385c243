<?php
/**
 * Whether the chat server can be reached, and what is wrong where it cannot.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Looks at a chat server as WordPress reaches it, and says in plain words what it finds. */
final class ConnectionCheck {

	/** How long each answer may take, in seconds. */
	const TIMEOUT = 5;

	/**
	 * What is found, in order.
	 *
	 * @var array<int, array{ok: bool, text: string}>
	 */
	private $lines = array();

	/**
	 * The domain that the server says it is for.
	 *
	 * @var string
	 */
	private $domain = '';

	/**
	 * Looks.
	 *
	 * @param string $server  the address of a chat server.
	 * @param string $sign_in `token` or `cookie`.
	 * @return array{ok: bool, domain: string, lines: array<int, array{ok: bool, text: string}>}
	 */
	public static function run( string $server, string $sign_in ): array {
		$check = new self();
		if ( '' === $server ) {
			$check->fault( __( 'This is not the address of a server. It looks like https://chat.example.', 'meerkat-chat' ) );
		} elseif ( $check->health( $server ) ) {
			$check->host_meta( $server );
			$check->script( $server );
			$check->mixed_content( $server );
			$check->sign_in( $server, $sign_in );
		}
		$faults = array_filter(
			$check->lines,
			static function ( $line ) {
				return ! $line['ok'];
			}
		);
		return array(
			'ok'     => ! $faults,
			'domain' => $check->domain,
			'lines'  => $check->lines,
		);
	}

	/**
	 * Whether a server of ours answers, and is well.
	 *
	 * @param string $server its address.
	 */
	private function health( string $server ): bool {
		$answer = $this->get( "$server/healthz" );
		if ( is_wp_error( $answer ) ) {
			$this->fault( self::why( $answer->get_error_message() ) );
			return false;
		}
		$status = (int) wp_remote_retrieve_response_code( $answer );
		$said   = json_decode( wp_remote_retrieve_body( $answer ), true );
		if ( ! is_array( $said ) || ! isset( $said['ok'], $said['version'] ) ) {
			/* translators: %d: a status of HTTP, such as 404. */
			$this->fault( sprintf( __( 'Something answers there (status %d), but it is no Meerkat server. Is a proxy in front of it that does not pass /healthz on?', 'meerkat-chat' ), $status ) );
			return false;
		}
		if ( true !== $said['ok'] ) {
			$this->fault( __( 'The chat server is there, but cannot write to its storage. Is its disk full?', 'meerkat-chat' ) );
			return false;
		}
		/* translators: %s: a version, such as 0.1.0. */
		$this->good( sprintf( __( 'The chat server is there and well: Meerkat %s.', 'meerkat-chat' ), sanitize_text_field( (string) $said['version'] ) ) );
		return true;
	}

	/**
	 * What the server says it is for, and where it is for browsers.
	 *
	 * @param string $server its address.
	 */
	private function host_meta( string $server ): void {
		$answer       = $this->get( "$server/.well-known/host-meta.json" );
		$said         = is_wp_error( $answer ) ? null : json_decode( wp_remote_retrieve_body( $answer ), true );
		$this->domain = Sanitize::domain( $said['properties']['urn:meerkat:domain:0'] ?? '' );
		if ( '' === $this->domain ) {
			$this->fault( __( 'It does not say which domain it is for. Does a proxy in front of it keep /.well-known/ for itself?', 'meerkat-chat' ) );
			return;
		}
		/* translators: %s: a domain, such as chat.example. */
		$this->good( sprintf( __( 'Its domain is %s.', 'meerkat-chat' ), $this->domain ) );
		$secure = 0 === strpos( $server, 'https:' );
		$socket = (string) wp_json_encode( $said['links'] ?? array(), JSON_UNESCAPED_SLASHES );
		if ( $secure && false === strpos( $socket, 'wss://' ) ) {
			$this->fault( __( 'It does not know that browsers reach it by https: its proxy must send X-Forwarded-Proto, and be named in trustedProxies.', 'meerkat-chat' ) );
		}
	}

	/**
	 * Whether the script of the elements is there.
	 *
	 * @param string $server its address.
	 */
	private function script( string $server ): void {
		$answer = $this->get( "$server/embed.js" );
		if ( 200 !== (int) wp_remote_retrieve_response_code( $answer ) ) {
			$this->fault( __( 'It does not serve embed.js, which pages with a chat load.', 'meerkat-chat' ) );
		}
	}

	/**
	 * Whether browsers let pages of this site talk to it.
	 *
	 * @param string $server its address.
	 */
	private function mixed_content( string $server ): void {
		if ( 0 === strpos( home_url(), 'https:' ) && 0 !== strpos( $server, 'https:' ) ) {
			$this->fault( __( 'This site is on https, and browsers let its pages talk to https addresses only. The chat server needs one too.', 'meerkat-chat' ) );
		}
	}

	/**
	 * Whether people can be signed in the way that is set.
	 *
	 * @param string $server  its address.
	 * @param string $sign_in `token` or `cookie`.
	 */
	private function sign_in( string $server, string $sign_in ): void {
		if ( '' === Secret::get() ) {
			$this->fault( __( 'There is no shared secret yet, so nobody who is signed in here is known there.', 'meerkat-chat' ) );
		}
		if ( 'cookie' !== $sign_in ) {
			return;
		}
		$why = CookieReach::why_not( $server );
		if ( '' === $why ) {
			$this->good( __( 'The login cookie reaches the chat server.', 'meerkat-chat' ) );
		} else {
			$this->fault( $why . ' ' . __( 'Choose tokens instead.', 'meerkat-chat' ) );
		}
	}

	/**
	 * Asks.
	 *
	 * @param string $url what for.
	 * @return array<string, mixed>|\WP_Error
	 */
	private function get( string $url ) {
		return wp_remote_get(
			$url,
			array(
				'timeout'             => self::TIMEOUT,
				'redirection'         => 0,
				'limit_response_size' => 65536,
			)
		);
	}

	/**
	 * Why there is no answer, in words that help.
	 *
	 * @param string $message of whatever WordPress asks with.
	 */
	private static function why( string $message ): string {
		if ( preg_match( '/resolve|getaddrinfo|name or service/i', $message ) ) {
			return __( 'There is no host of this name. Is it spelled right, and in the DNS?', 'meerkat-chat' );
		}
		if ( preg_match( '/SSL|certificate|TLS/i', $message ) ) {
			return __( 'Its certificate is not accepted: it may be expired, for another name, or self-signed.', 'meerkat-chat' );
		}
		if ( preg_match( '/refused|connect to/i', $message ) ) {
			return __( 'The host is there, but nothing listens at this address. Does the chat server run, and is the port right?', 'meerkat-chat' );
		}
		if ( preg_match( '/timed? ?out/i', $message ) ) {
			return __( 'No answer in time. A firewall between WordPress and the chat server may be in the way.', 'meerkat-chat' );
		}
		/* translators: %s: what went wrong, in the words of the system. */
		return sprintf( __( 'The chat server cannot be reached: %s', 'meerkat-chat' ), sanitize_text_field( $message ) );
	}

	/**
	 * Something is as it should be.
	 *
	 * @param string $text in words.
	 */
	private function good( string $text ): void {
		$this->lines[] = array(
			'ok'   => true,
			'text' => $text,
		);
	}

	/**
	 * Something is not.
	 *
	 * @param string $text in words.
	 */
	private function fault( string $text ): void {
		$this->lines[] = array(
			'ok'   => false,
			'text' => $text,
		);
	}
}
