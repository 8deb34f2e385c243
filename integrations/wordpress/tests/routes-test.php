<?php
/**
 * The routes: who is told what.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

/** A cookie as WordPress would have made it. */
function login_cookie( \WP_User $user, int $lasts = 3600, string $mac = 'good' ): int {
	$until                         = time() + $lasts;
	$_COOKIE[ LOGGED_IN_COOKIE ] = "$user->user_login|$until|token of $user->ID|$mac";
	return $until;
}

/** A secret without spaces, which the header can carry. */
function shared( array $settings = array() ): array {
	\World::set( $settings );
	\World::$options['meerkat_chat_secret'] = 'secret-of-thirty-two-characters-';
	return array( 'authorization' => 'Bearer secret-of-thirty-two-characters-' );
}

/** What a token says. */
function claims_of( \WP_REST_Response $answer ): array {
	list( , $body ) = explode( '.', $answer->data['token'] );
	return json_decode( base64_decode( strtr( $body, '-_', '+/' ) ), true );
}

\test(
	'token: for whoever is signed in, for this site alone, ten minutes',
	static function () {
		shared( array( 'domain' => 'chat.example' ) );
		$user       = \World::user( 'Maria_O-Brien', array( 'editor' ), "María O'Brien" );
		\World::$me = $user->ID;
		$answer     = \World::ask( '/token' );
		$claims     = claims_of( $answer );
		\same( 600, $answer->data['expiresIn'] );
		\same( 'no-store', $answer->headers['Cache-Control'] );
		\same( 600, $claims['exp'] - $claims['iat'] );
		\same( 'Maria_O-Brien', $claims['sub'] );
		\same( "María O'Brien", $claims['name'] );
		\same( 'https://pictures.example/1', $claims['picture'] );
		\same( array( '*' => 'moderate' ), $claims['rooms'] );
		\same( array( 'https://blog.example' ), $claims['origin'] );
		\same( 'https://blog.example', $claims['iss'] );
		\same( 'chat.example', $claims['aud'] );
		\same( hash( 'sha256', 'token of 1' ), $claims['sid'] );
		\same( false, claims_of( \World::ask( '/token' ) )['jti'] === $claims['jti'] );
	}
);

\test(
	'token: none without a sign-in, a right to chat, a secret',
	static function () {
		shared( array( 'rights' => array( 'subscriber' => 'none' ) ) );
		$user = \World::user( 'joe' );
		\same( 401, \World::ask( '/token' )->data['status'] );
		\World::$me = $user->ID;
		\same( 'meerkat_no_chat', \World::ask( '/token' )->code );
		shared();
		\World::$options['meerkat_chat_secret'] = str_repeat( 'x', 31 );
		\same( 503, \World::ask( '/token' )->data['status'] );
		\World::$options['meerkat_chat_secret'] = str_repeat( 'x', 32 );
		\same( 200, \World::ask( '/token' )->status );
	}
);

\test(
	'session: whose the cookie is, and until when',
	static function () {
		$headers = shared();
		$until   = login_cookie( \World::user( 'joe' ) );
		$answer  = \World::ask( '/session', $headers );
		\same( 200, $answer->status );
		\same( 'no-store', $answer->headers['Cache-Control'] );
		\same(
			array(
				'sub'     => 'joe',
				'name'    => 'joe',
				'picture' => 'https://pictures.example/1',
				'until'   => $until,
				'sid'     => hash( 'sha256', 'token of 1' ),
			),
			$answer->data
		);
	}
);

\test(
	'session: nobody by a cookie that is bad, old, missing, or of who may not chat',
	static function () {
		$headers = shared( array( 'rights' => array( 'customer' => 'none' ) ) );
		$joe     = \World::user( 'joe' );
		\same( 401, \World::ask( '/session', $headers )->status );
		login_cookie( $joe, 3600, 'bad' );
		\same( array( 'error' => 'not-authorized' ), \World::ask( '/session', $headers )->data );
		login_cookie( $joe, -1 );
		\same( 401, \World::ask( '/session', $headers )->status );
		login_cookie( \World::user( 'ann', array( 'customer' ) ) );
		\same( 401, \World::ask( '/session', $headers )->status );
	}
);

foreach ( array( '/session', '/password' ) as $route ) {
	\test(
		"$route: nothing is told to who does not know the secret",
		static function () use ( $route ) {
			$headers = shared();
			login_cookie( \World::user( 'joe' ) );
			$sent = $headers['authorization'];
			foreach ( array( null, '', 'Bearer ', "$sent.", substr( $sent, 0, -1 ), 'Basic x', substr( $sent, 7 ) ) as $wrong ) {
				$answer = \World::ask( $route, array( 'authorization' => $wrong ), array( 'user' => 'joe', 'password' => 'x' ) );
				\same( array( 'meerkat_wrong_secret', 400 ), array( $answer->code, $answer->data['status'] ) );
			}
			\World::$options['meerkat_chat_secret'] = '';
			\same( 400, \World::ask( $route, array( 'authorization' => 'Bearer ' ) )->data['status'] );
			\same( array(), \World::$asked_from );
		}
	);
}

\test(
	'password: application passwords, of who asks from their own address',
	static function () {
		$headers                              = shared();
		\World::user( 'joe' );
		\World::$passwords['application:joe'] = 'abcd efgh';
		$asked                                = array( 'user' => 'joe', 'password' => 'abcd efgh', 'address' => '2001:db8::7' );
		$answer                               = \World::ask( '/password', $headers, $asked );
		\same( 200, $answer->status );
		\same( array( 'sub', 'name', 'picture' ), array_keys( $answer->data ) );
		\same( array( '2001:db8::7' ), \World::$asked_from );
		\same( '10.0.0.1', $_SERVER['REMOTE_ADDR'] );
		\same( 401, \World::ask( '/password', $headers, array( 'password' => 'no' ) + $asked )->status );
	}
);

\test(
	'password: that of the account only where it is set so, hashed as forms hand it over',
	static function () {
		\World::user( 'joe' );
		\World::$passwords['account:joe'] = "it\\'s mine";
		$asked                            = array( 'user' => 'joe', 'password' => "it's mine", 'address' => 'nonsense' );
		\same( 401, \World::ask( '/password', shared(), $asked )->status );
		\same( 200, \World::ask( '/password', shared( array( 'passwords' => 'all' ) ), $asked )->status );
		\same( 403, \World::ask( '/password', shared( array( 'passwords' => 'none' ) ), $asked )->status );
		\same( array( '10.0.0.1', '10.0.0.1' ), \World::$asked_from );
	}
);

\test(
	'password: ten failures from one address, then it waits; others do not',
	static function () {
		$headers                              = shared();
		\World::user( 'joe' );
		\World::$passwords['application:joe'] = 'right';
		$wrong                                = array( 'user' => 'joe', 'password' => 'wrong', 'address' => '192.0.2.1' );
		for ( $at = 0; $at < 10; $at++ ) {
			\same( 401, \World::ask( '/password', $headers, array( 'user' => array( 'joe', ' JOE', 'j<b>oe', 'joe%00', 'user1@example.org' )[ $at % 5 ] ) + $wrong )->status );
		}
		$answer = \World::ask( '/password', $headers, array( 'password' => 'right' ) + $wrong );
		\same( 429, $answer->status );
		\same( true, (int) $answer->headers['Retry-After'] > 0 && (int) $answer->headers['Retry-After'] <= 900 );
		\same( 200, \World::ask( '/password', $headers, array( 'user' => 'joe', 'password' => 'right', 'address' => '192.0.2.2' ) )->status );
		foreach ( \World::$transients as $key => list( $count ) ) {
			\World::$transients[ $key ] = array( $count, time() );
		}
		\same( 200, \World::ask( '/password', $headers, array( 'password' => 'right' ) + $wrong )->status );
	}
);

\test(
	'password: one that is right forgets the failures before it',
	static function () {
		$headers                              = shared();
		\World::user( 'joe' );
		\World::$passwords['application:joe'] = 'right';
		$asked                                = array( 'user' => 'joe', 'address' => '192.0.2.1' );
		foreach ( array( 9, 9 ) as $failures ) {
			for ( $at = 0; $at < $failures; $at++ ) {
				\World::ask( '/password', $headers, array( 'password' => 'wrong' ) + $asked );
			}
			\same( 200, \World::ask( '/password', $headers, array( 'password' => 'right' ) + $asked )->status );
		}
	}
);

\test(
	'password: what is no question is none, and what cannot be right is not asked about',
	static function () {
		$headers = shared( array( 'passwords' => 'all' ) );
		foreach ( array( array(), array( 'user' => 'joe' ), array( 'user' => array( 'joe' ), 'password' => 'x' ) ) as $asked ) {
			\same( 400, \World::ask( '/password', $headers, $asked )->status );
		}
		\same( 401, \World::ask( '/password', $headers, array( 'user' => '', 'password' => 'x' ) )->status );
		\same( 401, \World::ask( '/password', $headers, array( 'user' => 'joe', 'password' => str_repeat( 'x', 4097 ) ) )->status );
		\same( array(), \World::$asked_from );
		\World::ask( '/password', $headers, array( 'user' => 'joe', 'password' => str_repeat( 'x', 4096 ) ) );
		\same( 1, count( \World::$asked_from ) );
	}
);
